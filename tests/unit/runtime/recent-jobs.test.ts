import { beforeEach, describe, expect, it } from 'vitest';
import { JobList, looksAtMost } from '../../../shared/catalog/schemas/job-lists.ts';
import type { Job } from '../../../shared/domain/job.ts';
import { acceptedJob, newId } from '../../support/job-builder.ts';
import { ownerNamed, readApi } from '../../support/read-api.ts';

let api: ReturnType<typeof readApi>;
/** Heads that were read for the latest page. */
let reads: number;

beforeEach(() => {
  api = readApi();
  const { store } = api.world;
  const ofOwner = store.ofOwner.bind(store);
  store.ofOwner = async function* (owner, before) {
    for await (const head of ofOwner(owner, before)) {
      reads++;
      yield head;
    }
  };
});

const owner = ownerNamed('anna');
const place = (fields: Partial<Job> = {}) => api.world.store.place(acceptedJob({ owner, ...fields })).id;
const places = (count: number, fields: Partial<Job> = {}) => Array.from({ length: count }, () => place(fields));

async function page(query: Readonly<Record<string, string>>) {
  reads = 0;
  const { jobs, next_cursor } = JobList.parse((await api.ask('list_recent', { query })).body);
  return { ids: jobs.map(({ job_id }) => job_id), cursor: next_cursor, reads };
}

/** Every page with these filters, as a client that follows the cursor gets them. */
async function pages(query: Readonly<Record<string, string>>) {
  const all = [await page(query)];
  for (let last = all.at(-1); last?.cursor !== undefined; last = all.at(-1)) {
    all.push(await page({ ...query, cursor: last.cursor }));
  }
  return all;
}

const webhook = { type: 'deliver_webhook', step: 'deliver', queue: 'notifications' } as const;
const voices = { type: 'synthesize_voice', step: 'narrate', queue: 'voice_synthesis' } as const;

describe('a list with a filter that little fits', () => {
  it('reads a bounded number of jobs for a page, and finds all of them page after page', async () => {
    const first = place(voices);
    places(2 * looksAtMost);
    const second = place(voices);
    places(50);
    const all = await pages({ type: 'synthesize_voice', limit: '5' });
    expect(all.map(({ ids }) => ids)).toEqual([[second], [], [first]]);
    expect(Math.max(...all.map((one) => one.reads))).toBe(looksAtMost);
  });

  it('has a full page as long as enough of it is near', async () => {
    place(voices);
    places(60);
    const recent = places(7, voices);
    const all = await pages({ type: 'synthesize_voice', limit: '4' });
    expect(all.map(({ ids }) => ids.length)).toEqual([4, 4]);
    expect(all[0]?.ids).toEqual(recent.toReversed().slice(0, 4));
  });

  it('shows nothing twice and nothing not at all while new jobs come', async () => {
    const wanted: string[] = [];
    for (let round = 0; round < 3; round++) wanted.push(place(voices), ...places(4, voices));
    places(looksAtMost);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { ids, cursor: next } = await page({ type: 'synthesize_voice', limit: '2', ...(cursor && { cursor }) });
      seen.push(...ids);
      cursor = next;
      place(voices);
    } while (cursor);
    expect(seen).toEqual(wanted.toReversed());
  });
});

describe('a list without a filter', () => {
  it('has full pages however many stories batches have made meanwhile, and however many jobs were told of', async () => {
    const own = places(25);
    places(looksAtMost + 100, { parent: { id: newId(), index: 0 } });
    places(looksAtMost + 100, { ...webhook, follows: newId() });
    const all = await pages({ limit: '20' });
    expect(all.map(({ ids }) => ids.length)).toEqual([20, 5]);
    expect(all.flatMap(({ ids }) => ids)).toEqual(own.toReversed());
    expect(Math.max(...all.map((one) => one.reads))).toBeLessThan(30);
  });
});

describe('the last page', () => {
  it.each([0, 1, 4, 5, 9, 10])('of %i jobs says that it is the last', async (count) => {
    const ids = places(count);
    const all = await pages({ limit: '5' });
    expect(all.flatMap((one) => one.ids)).toEqual(ids.toReversed());
    expect(all).toHaveLength(Math.max(1, Math.ceil(count / 5)));
  });
});
