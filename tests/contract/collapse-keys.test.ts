import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbCollapseKeys } from '../../shared/adapters/dynamodb/dynamodb-collapse-keys.ts';
import type { CollapseKeys } from '../../shared/domain/notification.ts';
import { acceptedAt, newId } from '../support/job-builder.ts';
import { startJobTable } from '../support/job-table.ts';
import { FakeMessages } from '../support/message-fakes.ts';

let table: Awaited<ReturnType<typeof startJobTable>>;
beforeAll(async () => {
  table = await startJobTable();
}, 60_000);
afterAll(() => table.close());

const stores: readonly (readonly [string, () => CollapseKeys])[] = [
  ['on DynamoDB', () => new DynamoDbCollapseKeys(table.client, table.tableName)],
  ['in memory', () => new FakeMessages()],
];

describe.each(stores)('collapse keys %s', (_, make) => {
  const key = { owner: 'ada', target: 'ada@example.com', key: 'ready' };

  it('belong to the newest that has asked, as often as it asks', async () => {
    const keys = make();
    const [older = '', newer = ''] = [newId(), newId()].toSorted();
    expect(await keys.take(key, older, acceptedAt)).toBe(true);
    expect(await keys.take(key, newer, acceptedAt)).toBe(true);
    expect(await keys.take(key, newer, acceptedAt)).toBe(true);
    expect(await keys.take(key, older, acceptedAt)).toBe(false);
  });

  it.each([{ owner: 'bob' }, { target: 'other@example.com' }, { key: 'other' }])(
    'are another one with %o',
    async (change) => {
      const keys = make();
      const [older = '', newer = ''] = [newId(), newId()].toSorted();
      await keys.take(key, newer, acceptedAt);
      expect(await keys.take({ ...key, ...change }, older, acceptedAt)).toBe(true);
    },
  );
});
