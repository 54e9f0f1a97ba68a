import { createDynamoDbClient } from '../adapters/dynamodb/dynamodb-client.ts';
import { DynamoDbCollapseKeys } from '../adapters/dynamodb/dynamodb-collapse-keys.ts';
import { DynamoDbEventLedger } from '../adapters/dynamodb/dynamodb-event-ledger.ts';
import { DynamoDbJobStore } from '../adapters/dynamodb/dynamodb-job-store.ts';
import { DynamoDbOwnerLimits } from '../adapters/dynamodb/dynamodb-owner-limits.ts';
import { DynamoDbRemediationStore } from '../adapters/dynamodb/dynamodb-remediation-store.ts';
import { DynamoDbScheduleStore } from '../adapters/dynamodb/dynamodb-schedule-store.ts';
import { DynamoDbStoryCache } from '../adapters/dynamodb/dynamodb-story-cache.ts';
import { DynamoDbUpstreamStates } from '../adapters/dynamodb/dynamodb-upstream-states.ts';
import { createSqsClient } from '../adapters/sqs/sqs-client.ts';
import { SqsJobQueues } from '../adapters/sqs/sqs-job-queues.ts';
import type { QueueUrls } from '../catalog/environment.ts';
import type { OwnerLimitSettings } from '../catalog/owner-limits.ts';
import type { CollapseKeys } from '../domain/notification.ts';
import type { OwnerLimits } from '../domain/owner-limits.ts';
import type { EventLedger } from '../domain/payment-event.ts';
import type { JobStore, StoryCache } from '../domain/ports.ts';
import type { RemediationStore } from '../domain/remediation.ts';
import type { ScheduleStore } from '../domain/schedule-store.ts';
import type { UpstreamStates } from '../domain/upstream.ts';
import type { JobPorts } from '../jobs/ports.ts';
import type { LimitPorts } from './owner-limits.ts';
import { telemetry } from './telemetry.ts';

/** The use cases' ports on AWS. */
export function jobPorts(environment: { readonly JOB_TABLE_NAME: string; readonly QUEUE_URLS: QueueUrls }): JobPorts {
  return {
    store: jobStore(environment),
    spending: ownerLimits(environment),
    queues: new SqsJobQueues(createSqsClient(), environment.QUEUE_URLS),
    telemetry,
    now: Date.now,
    random: Math.random,
  };
}

/** Shared stories are kept in the job table. */
export function storyCache({ JOB_TABLE_NAME }: { readonly JOB_TABLE_NAME: string }): StoryCache {
  return new DynamoDbStoryCache(createDynamoDbClient(), JOB_TABLE_NAME);
}

/** Which notification of each collapse key is the newest is kept in the job table. */
export function collapseKeys({ JOB_TABLE_NAME }: { readonly JOB_TABLE_NAME: string }): CollapseKeys {
  return new DynamoDbCollapseKeys(createDynamoDbClient(), JOB_TABLE_NAME);
}

/** What owners have used is kept in the job table; the stage says what they may use. */
export function limiting(environment: {
  readonly JOB_TABLE_NAME: string;
  readonly OWNER_LIMITS: OwnerLimitSettings;
}): Pick<LimitPorts, 'limits' | 'grant'> {
  const { OWNER_LIMITS } = environment;
  return { limits: ownerLimits(environment), grant: OWNER_LIMITS };
}

function ownerLimits({ JOB_TABLE_NAME }: { readonly JOB_TABLE_NAME: string }): OwnerLimits {
  return new DynamoDbOwnerLimits(createDynamoDbClient(), JOB_TABLE_NAME);
}

/** Which events of providers have been dealt with is kept in the job table. */
export function eventLedger({ JOB_TABLE_NAME }: { readonly JOB_TABLE_NAME: string }): EventLedger {
  return new DynamoDbEventLedger(createDynamoDbClient(), JOB_TABLE_NAME);
}

/** What all workers know of the upstreams is kept in the job table. */
export function upstreamStates({ JOB_TABLE_NAME }: { readonly JOB_TABLE_NAME: string }): UpstreamStates {
  return new DynamoDbUpstreamStates(createDynamoDbClient(), JOB_TABLE_NAME);
}

/** What is done by itself about alarms is kept in the job table. */
export function remediationStore({ JOB_TABLE_NAME }: { readonly JOB_TABLE_NAME: string }): RemediationStore {
  return new DynamoDbRemediationStore(createDynamoDbClient(), JOB_TABLE_NAME);
}

/** Schedules are kept in the job table too. */
export function scheduleStore({ JOB_TABLE_NAME }: { readonly JOB_TABLE_NAME: string }): ScheduleStore {
  return new DynamoDbScheduleStore(createDynamoDbClient(), JOB_TABLE_NAME, telemetry);
}

/** Jobs are kept in the job table; what cannot be read of them is counted by the telemetry. */
export function jobStore({ JOB_TABLE_NAME }: { readonly JOB_TABLE_NAME: string }): JobStore {
  return new DynamoDbJobStore(createDynamoDbClient(), JOB_TABLE_NAME, telemetry);
}
