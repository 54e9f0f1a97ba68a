import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { limitClasses } from '../../catalog/owner-limits.ts';
import { queueNames } from '../../catalog/queues.ts';
import { longestDelayOfSubmitSeconds } from '../../catalog/schemas/submit.ts';
import type { OwnerUse } from '../../domain/owner-limits.ts';

type Item = Record<string, AttributeValue>;

/** An owner's item outlives every job on its lists that is not wholly stuck: the longest delay of a submit, and days to run. */
const KEPT_SECONDS = longestDelayOfSubmitSeconds + 5 * 86_400;

/** Keys of what one owner has used. */
export function ownerItemKey(owner: string): Item {
  return { pk: { S: `B#owner#${owner}` }, sk: { S: 'B' } };
}

/** When the item of an owner who was last seen at `now` may be deleted, seconds since the epoch. */
export function useTtl(now: number): number {
  return Math.ceil(now / 1_000) + KEPT_SECONDS;
}

/** The buckets and lists of an item; an absent item is an owner who has used nothing. */
export function ownerUseOf(item: Item): OwnerUse {
  const fields = unmarshall(item);
  const full = Object.keys(limitClasses).map((name) => [name, Time.parse(fields[`full_${name}`])] as const);
  const lists = queueNames.map((queue) => [queue, [...Ids.parse(fields[`unfinished_${queue}`])]] as const);
  const { spent_day, spent } = Spent.parse(fields);
  return {
    full: Object.fromEntries(full),
    unfinished: Object.fromEntries(lists),
    ...(spent_day !== undefined && { spentDay: spent_day }),
    spentMicroUsd: spent,
  };
}

/** Places of held requests that are taken at this time. */
export function takenPlaces(item: Item, now: number): ReadonlySet<number> {
  const places = Object.entries(unmarshall(item)).flatMap(([name, until]) => {
    const place = /^held_(\d+)$/.exec(name)?.[1];
    return place !== undefined && Number(until) > now ? [Number(place)] : [];
  });
  return new Set(places);
}

const Spent = z.object({ spent_day: z.string().optional(), spent: z.number().default(0) });
const Time = z.number().optional();
const Ids = z.set(z.string()).default(new Set());
