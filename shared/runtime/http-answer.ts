/** What a route answers, before it becomes the gateway's event. */
export interface HttpAnswer {
  readonly status: number;
  /** Sent as JSON; absent for 304. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
