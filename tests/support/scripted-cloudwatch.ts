import { createServer } from 'node:http';
import * as z from 'zod';

const Request = z.object({ EndTime: z.number(), MetricDataQueries: z.array(z.object({ Id: z.string() })) });

/** Values of one query by how many hours before the end of the asked time they began. */
export type ScriptedSeries = Readonly<Record<number, number>>;

/** Answers GetMetricData with what is told of each query's id, and nothing for the others. */
export async function startScriptedCloudWatch(series: (id: string) => ScriptedSeries) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { EndTime, MetricDataQueries } = Request.parse(JSON.parse(body));
    const results = MetricDataQueries.map(({ Id }) => ({
      Id,
      StatusCode: 'Complete',
      Timestamps: Object.keys(series(Id)).map((hours) => EndTime - Number(hours) * 3_600),
      Values: Object.values(series(Id)),
    }));
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ MetricDataResults: results }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}
