import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbRemediationStore } from '../../shared/adapters/dynamodb/dynamodb-remediation-store.ts';
import { noRemediation, type RemediationStore } from '../../shared/domain/remediation.ts';
import { startJobTable } from '../support/job-table.ts';
import { MemoryRemediations } from '../support/memory-remediations.ts';

let table: Awaited<ReturnType<typeof startJobTable>>;
beforeAll(async () => {
  table = await startJobTable();
}, 60_000);
afterAll(() => table.close());

const stores: readonly (readonly [string, () => RemediationStore])[] = [
  ['on DynamoDB', () => new DynamoDbRemediationStore(table.client, table.tableName)],
  ['in memory', () => new MemoryRemediations()],
];

describe.each(stores)('the state of remediation %s', (_, make) => {
  it('is empty at first, kept as it was written, and refused to whoever has not seen the newest', async () => {
    const store = make();
    expect(await store.read()).toEqual(noRemediation);
    const acts = [{ notice: 'a notice', at: 1_764_061_200_000 }];
    const pauses = [
      { queue: 'analytics', alarm: 'upstream_throttled', alarmQueue: 'ai_generation', until: 1_764_063_000_000 },
    ] as const;
    const raises = [{ queue: 'booking', concurrency: 6, until: 1_764_063_000_000 }] as const;
    expect(await store.replace(noRemediation, { ...noRemediation, acts, pauses, raises })).toBe(true);
    const kept = await store.read();
    expect(kept).toEqual({ version: 1, acts, pauses, raises });

    expect(await store.replace(noRemediation, noRemediation), 'an older state was read').toBe(false);
    expect(await store.read()).toEqual(kept);
    expect(await store.replace(kept, { ...kept, pauses: [] })).toBe(true);
    expect(await store.read()).toEqual({ version: 2, acts, pauses: [], raises });
  });
});

it('what the release before has written has nothing raised', async () => {
  const { client, tableName } = table;
  const Item = { pk: { S: 'R#remediation' }, sk: { S: 'R' }, version: { N: '7' }, acts: { L: [] }, pauses: { L: [] } };
  await client.send(new PutItemCommand({ TableName: tableName, Item }));
  expect(await new DynamoDbRemediationStore(client, tableName).read()).toEqual({ ...noRemediation, version: 7 });
});
