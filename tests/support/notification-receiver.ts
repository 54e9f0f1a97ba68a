import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';

const Sent = z.looseObject({
  Type: z.string(),
  TopicArn: z.string(),
  Subject: z.string(),
  Message: z.string().transform((text): unknown => JSON.parse(text)),
});

/** An address that is subscribed to a topic, and what it was sent; it refuses the first `refusals` notifications. */
export async function startNotificationReceiver({ refusals = 0 } = {}) {
  const received: (z.infer<typeof Sent> & { readonly headers: IncomingHttpHeaders })[] = [];
  let refused = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (refused < refusals) {
      refused += 1;
      response.writeHead(503).end();
      return;
    }
    received.push({ ...Sent.parse(JSON.parse(Buffer.concat(chunks).toString())), headers: request.headers });
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/pages`,
    received,
    refused: () => refused,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
