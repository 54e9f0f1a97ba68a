import { Duration } from 'aws-cdk-lib';
import type { QueuePromise } from '../../shared/catalog/alarms.ts';
import { type ConsumerNeed, consumerNeeds } from '../../shared/catalog/functions.ts';
import { queueNames, queues, timeouts } from '../../shared/catalog/queues.ts';

/** A queue of the catalog with its numbers worked out. */
export interface DeployedQueue extends QueuePromise {
  readonly name: string;
  readonly carries: string;
  readonly batchSize: number;
  readonly memoryMegabytes: number;
  readonly functionTimeout: Duration;
  readonly visibilityTimeout: Duration;
  readonly needs: readonly ConsumerNeed[];
}

/** One entry for each row of the catalog. */
export function deployedQueues(): readonly DeployedQueue[] {
  return queueNames.map((name) => {
    const { priority, carries, pickUpTargetSeconds, waitLimitSeconds, attemptSeconds } = queues[name];
    const { batchSize, memoryMegabytes } = queues[name];
    const { functionSeconds, visibilitySeconds } = timeouts(name);
    return {
      name,
      priority,
      carries,
      pickUpTargetSeconds,
      waitLimitSeconds,
      attemptSeconds,
      batchSize,
      memoryMegabytes,
      functionTimeout: Duration.seconds(functionSeconds),
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      needs: consumerNeeds[name] ?? [],
    };
  });
}

/** `voice_synthesis` → `VoiceSynthesis`, for construct ids. */
export function pascalCase(name: string): string {
  return name
    .split(/[_-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `ProcessVoiceSynthesis` → `process-voice-synthesis`: what a function is called in names that people read. */
export function kebabCase(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
