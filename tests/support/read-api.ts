import './silent-log.ts';

import { createHash } from 'node:crypto';
import * as z from 'zod';
import { listRecent } from '../../functions/read-jobs/list-recent.ts';
import { readBatch } from '../../functions/read-jobs/read-batch.ts';
import { readEvents } from '../../functions/read-jobs/read-events.ts';
import { readJob } from '../../functions/read-jobs/read-job.ts';
import { basePath, routes } from '../../shared/catalog/routes.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { httpEvent, lambdaContext } from './http-event.ts';
import { JobWorld } from './job-world.ts';

const Answer = z.object({ statusCode: z.number(), body: z.string().transform((text): unknown => JSON.parse(text)) });

export type ReadAnswer = z.infer<typeof Answer>;

type ReadRoute = 'read_job' | 'read_batch' | 'read_events' | 'list_recent';

/** The routes that read jobs, over a store in memory. */
export function readApi(world = new JobWorld()) {
  const ports = {
    store: world.store,
    media: { link: (key: string) => `https://media.example/${key}` },
    now: world.now,
  };
  const handler = httpHandler({
    read_job: (request) => readJob(request, ports),
    read_batch: (request) => readBatch(request, ports),
    read_events: (request) => readEvents(request, ports),
    list_recent: (request) => listRecent(request, ports),
  });
  const ask = async (route: ReadRoute, { params = {}, query = {}, as = 'anna' }: Asking = {}): Promise<ReadAnswer> => {
    const { method, path } = routes[route];
    const event = httpEvent({
      routeKey: `${method} ${basePath}${path}`,
      params,
      query,
      claims: { iss: 'https://issuer.example', sub: as },
    });
    return Answer.parse(await handler(event, lambdaContext()));
  };
  return { world, ask };
}

interface Asking {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Subject of the token. */
  readonly as?: string;
}

/** The owner whose token says so. */
export function ownerNamed(subject: string): string {
  return createHash('sha256').update(`https://issuer.example\n${subject}`).digest('base64url').slice(0, 22);
}
