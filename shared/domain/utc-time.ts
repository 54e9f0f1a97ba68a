/** A moment, milliseconds since the epoch, as the API and stored values write it: RFC 3339 in UTC. */
export function utcTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
