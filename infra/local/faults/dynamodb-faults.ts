import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { AwsRequest, AwsResponse } from '../server/aws-service.ts';
import type { Fault } from './call.ts';

/** Operations whose calls `staleReads` and `indexLag` must see. */
export const readsAndWrites = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'TransactWriteItems'];

/** Another transaction touches the item at this moment. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html */
export function transactionConflict(): Fault {
  return async ({ operation, request }) => {
    if (operation !== 'TransactWriteItems') return failed({ __type: 'TransactionConflictException' });
    const CancellationReasons = Request.parse(JSON.parse(request.body.toString())).TransactItems.map((_, index) => ({
      Code: index === 0 ? 'TransactionConflict' : 'None',
    }));
    return failed({ __type: 'TransactionCanceledException', CancellationReasons });
  };
}

/** A BatchGetItem gets to half of its keys. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export function unprocessedKeys(): Fault {
  return async ({ request }, carryOut) => {
    const { RequestItems } = Request.parse(JSON.parse(request.body.toString()));
    const part = (choose: (keys: readonly Item[]) => readonly Item[]) =>
      Object.fromEntries(
        Object.entries(RequestItems).map(([table, asked]) => [table, { ...asked, Keys: choose(asked.Keys) }]),
      );
    const first = part((keys) => keys.slice(0, Math.ceil(keys.length / 2)));
    const others = Object.entries(part((keys) => keys.slice(Math.ceil(keys.length / 2))));
    const answer = await carryOut(withBody(request, { ...JSON.parse(request.body.toString()), RequestItems: first }));
    const UnprocessedKeys = Object.fromEntries(others.filter(([, { Keys }]) => Keys.length > 0));
    return changed(answer, (body) => ({ ...body, UnprocessedKeys }));
  };
}

/**
 * For so long after an item was written, eventually consistent reads of it see what was there before.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html
 */
export function staleReads(milliseconds: number, clock: Clock): Fault {
  const versions = new Map<string, { before: Item | undefined; now: Item | undefined; writtenAt: number }>();
  const asOfThen = (item: Item, key: Item = item) => {
    const version = versions.get(nameOf(key));
    return version && clock.now() - version.writtenAt < milliseconds ? version.before : item;
  };
  return async ({ operation, request }, carryOut) => {
    const asked = Request.parse(JSON.parse(request.body.toString()));
    const answer = await carryOut();
    if (answer.status !== 200) return answer;
    for (const item of writtenBy(asked, answer)) {
      versions.set(nameOf(item), { before: versions.get(nameOf(item))?.now, now: item, writtenAt: clock.now() });
    }
    if (operation === 'GetItem' && !asked.ConsistentRead) {
      return changed(answer, ({ Item, ...rest }) => ({ ...rest, Item: Item && asOfThen(Item) }));
    }
    if (operation !== 'BatchGetItem') return answer;
    const isWeak = (table: string) => !asked.RequestItems[table]?.ConsistentRead;
    return changed(answer, ({ Responses = {}, ...rest }) => {
      const seen = Object.entries(Responses).map(([table, items]) => [
        table,
        isWeak(table) ? items.flatMap((item) => asOfThen(item) ?? []) : items,
      ]);
      return { ...rest, Responses: Object.fromEntries(seen) };
    });
  };
}

/** For so long after an item was written, no index shows it. AWS may also show it where it was before; this does not. */
export function indexLag(milliseconds: number, clock: Clock): Fault {
  const writtenAt = new Map<string, number>();
  const isVisible = (entry: Item) => clock.now() - (writtenAt.get(nameOf(entry)) ?? 0) >= milliseconds;
  return async ({ operation, request }, carryOut) => {
    const asked = Request.parse(JSON.parse(request.body.toString()));
    const answer = await carryOut();
    if (answer.status !== 200) return answer;
    for (const item of writtenBy(asked, answer)) writtenAt.set(nameOf(item), clock.now());
    if (operation !== 'Query' || asked.IndexName === undefined) return answer;
    return changed(answer, ({ Items = [], ...rest }) => {
      const shown = Items.filter(isVisible);
      return { ...rest, Items: shown, Count: shown.length };
    });
  };
}

type Item = z.infer<typeof AnyItem>;

const AnyItem = z.record(z.string(), z.unknown());

/** What the product's requests have of interest: it asks UpdateItem for the whole new item. */
const Request = z.looseObject({
  Item: AnyItem.optional(),
  ConsistentRead: z.boolean().optional(),
  IndexName: z.string().optional(),
  RequestItems: z
    .record(z.string(), z.looseObject({ Keys: z.array(AnyItem), ConsistentRead: z.boolean().optional() }))
    .default({}),
  TransactItems: z.array(z.looseObject({ Put: z.looseObject({ Item: AnyItem }).optional() })).default([]),
});

const Answer = z.looseObject({
  Item: AnyItem.optional(),
  Items: z.array(AnyItem).optional(),
  Attributes: AnyItem.optional(),
  Responses: z.record(z.string(), z.array(AnyItem)).optional(),
});

function writtenBy({ Item, TransactItems }: z.infer<typeof Request>, answer: AwsResponse): Item[] {
  const { Attributes } = Answer.parse(JSON.parse(String(answer.body)));
  return [Item, Attributes, ...TransactItems.map(({ Put }) => Put?.Item)].filter((item) => item !== undefined);
}

function nameOf({ pk, sk }: Item): string {
  return JSON.stringify([pk, sk]);
}

function withBody(request: AwsRequest, body: object): AwsRequest {
  return { ...request, body: Buffer.from(JSON.stringify(body)) };
}

function changed(answer: AwsResponse, change: (body: z.infer<typeof Answer>) => object): AwsResponse {
  return { ...answer, body: JSON.stringify(change(Answer.parse(JSON.parse(String(answer.body))))) };
}

function failed(body: object): AwsResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  return { status: 400, headers, body: JSON.stringify({ message: 'Injected conflict', ...body }) };
}
