import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import {
  dayOf,
  type LimitAsk,
  latestFull,
  mostSpent,
  type Spent,
  tokenMilliseconds,
} from '../../domain/owner-limits.ts';
import { useTtl } from './owner-item.ts';

export type Expressions = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

const ROOM_FOR_JOB = '(attribute_not_exists(#jobs) OR size(#jobs) < :most OR contains(#jobs, :id))';
const MONEY_LEFT = '(attribute_not_exists(spent_day) OR spent_day < :today OR spent <= :spendable)';

/** One token less, right only if the bucket is in use as guessed, or full as guessed; and the job on the list, if there is one. */
export function takeUpdate({ limitClass, bucket, job, budget, now }: LimitAsk, isInUse: boolean): Expressions {
  const token = tokenMilliseconds(bucket);
  const bucketNow = isInUse ? '#full > :now AND #full <= :latest' : '(attribute_not_exists(#full) OR #full <= :now)';
  return {
    UpdateExpression: [
      `SET #full = ${isInUse ? '#full + :token' : ':full'}, #ttl = :ttl`,
      ...(job ? ['ADD #jobs :ids'] : []),
    ].join(' '),
    ConditionExpression: [bucketNow, ...(budget ? [MONEY_LEFT] : []), ...(job ? [ROOM_FOR_JOB] : [])].join(' AND '),
    ExpressionAttributeNames: {
      '#full': `full_${limitClass}`,
      '#ttl': 'ttl',
      ...(job && { '#jobs': `unfinished_${job.queue}` }),
    },
    ExpressionAttributeValues: {
      ...marshall({ ':now': now, ':ttl': useTtl(now) }),
      ...marshall(isInUse ? { ':token': token, ':latest': latestFull(bucket, now) } : { ':full': now + token }),
      ...(budget && marshall({ ':today': dayOf(now), ':spendable': mostSpent(budget) })),
      ...(job && { ...marshall({ ':most': job.most, ':id': job.id }), ':ids': { SS: [job.id] } }),
    },
  };
}

/** More spent on a day, right only if the owner has spent on it before, or has not, as guessed. */
export function spendUpdate({ microUsd, now, ended }: Spent, isFirstOfDay: boolean): Expressions {
  const queues = ended?.queues ?? [];
  const lists = queues.map((_, index) => `#jobs${index} :ids`);
  return {
    UpdateExpression: [
      `SET ${isFirstOfDay ? 'spent_day = :today, spent = :cost' : 'spent = spent + :cost'}, #ttl = :ttl`,
      ...(lists.length > 0 ? [`DELETE ${lists.join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: isFirstOfDay ? 'attribute_not_exists(spent_day) OR spent_day < :today' : 'spent_day >= :today',
    ExpressionAttributeNames: {
      '#ttl': 'ttl',
      ...Object.fromEntries(queues.map((queue, index) => [`#jobs${index}`, `unfinished_${queue}`])),
    },
    ExpressionAttributeValues: {
      ...marshall({ ':cost': microUsd, ':today': dayOf(now), ':ttl': useTtl(now) }),
      ...(ended && { ':ids': { SS: [ended.id] } }),
    },
  };
}
