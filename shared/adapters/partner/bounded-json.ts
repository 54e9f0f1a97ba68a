/** The JSON of an answer, undefined if it has no body. Rejects one that is longer than allowed without reading it to its end, or is not JSON. */
export async function boundedJson(response: Response, longestBytes: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > longestBytes) throw new Error(`The answer is longer than ${longestBytes} bytes`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
