import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbEventLedger } from '../../shared/adapters/dynamodb/dynamodb-event-ledger.ts';
import { eventHoldMilliseconds } from '../../shared/domain/payment-event.ts';
import { acceptedAt } from '../support/job-builder.ts';
import { startJobTable } from '../support/job-table.ts';

let table: Awaited<ReturnType<typeof startJobTable>>;
let ledger: DynamoDbEventLedger;
beforeAll(async () => {
  table = await startJobTable();
  ledger = new DynamoDbEventLedger(table.client, table.tableName);
}, 60_000);
afterAll(() => table.close());

describe('the ledger of events', () => {
  it('gives an event to one of ten, and to nobody once it is finished', async () => {
    const id = randomUUID();
    const turns = await Promise.all(Array.from({ length: 10 }, () => ledger.take(id, acceptedAt)));
    expect(turns.toSorted()).toEqual([...Array.from({ length: 9 }, () => 'in_flight'), 'ours']);
    await ledger.finish(id, acceptedAt);
    expect(await ledger.take(id, acceptedAt + 10 * eventHoldMilliseconds)).toBe('finished');
  });

  it('gives an event that was not finished to the next one, after a while', async () => {
    const id = randomUUID();
    await ledger.take(id, acceptedAt);
    expect(await ledger.take(id, acceptedAt + eventHoldMilliseconds - 1)).toBe('in_flight');
    expect(await ledger.take(id, acceptedAt + eventHoldMilliseconds)).toBe('ours');
  });
});
