import { createServer } from 'node:http';

export interface ScriptedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is if a text, else as JSON. */
  readonly body?: unknown;
}

/** An HTTP server on loopback that answers as it is told, or not at all (`hang`), and remembers what it was sent. */
export async function startScriptedHttp() {
  const seen: { method: string; path: string; headers: Record<string, unknown>; body: string }[] = [];
  const state = { seen, answer: (_call: number): ScriptedAnswer | 'hang' => ({ status: 200, body: {} }) };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    seen.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
    const answer = state.answer(seen.length);
    if (answer === 'hang') return;
    const { status, headers: extra, body } = answer;
    response.writeHead(status, { 'content-type': 'application/json', ...extra });
    response.end(typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return Object.assign(state, {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** An answer whose connection is lost within its body. */
export function cutOff(status: number): ScriptedAnswer {
  return { status, headers: { 'content-length': '500', connection: 'close' }, body: '{"message":"' };
}
