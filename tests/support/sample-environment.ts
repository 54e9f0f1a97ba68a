import { ownerLimits } from '../../shared/catalog/owner-limits.ts';
import { queueNames } from '../../shared/catalog/queues.ts';
import { upstreamLimits } from '../../shared/catalog/upstreams.ts';

/** Enough for any function to start; nothing is called. */
export const sampleEnvironment = {
  STAGE: 'local',
  JOB_TABLE_NAME: 'jobs',
  MEDIA_BUCKET_NAME: 'media',
  QUEUE_NAME: 'default',
  STORY_KEPT_SECONDS: '3600',
  QUEUE_URLS: oneEachQueue('http://127.0.0.1:1/queue'),
  DEAD_LETTER_URLS: oneEachQueue('http://127.0.0.1:1/queue'),
  QUEUE_CONSUMERS: oneEachQueue('none'),
  QUEUE_CAPACITY: oneEachQueue(2),
  QUEUE_CONCURRENCY: oneEachQueue({ usual: 2, most: 3 }),
  MODEL_ID: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  MODEL_MAX_TOKENS: '600',
  MODEL_TEMPERATURE: '0.5',
  OWNER_LIMITS: JSON.stringify(ownerLimits),
  UPSTREAMS: JSON.stringify(upstreamLimits),
  STRIPE_URL: 'http://127.0.0.1:1',
  PARTNER_URL: 'http://127.0.0.1:1',
  REMEDIATION: 'dry_run',
} as const satisfies Readonly<Record<string, string>>;

function oneEachQueue(value: string | number | object): string {
  return JSON.stringify(Object.fromEntries(queueNames.map((queue) => [queue, value])));
}
