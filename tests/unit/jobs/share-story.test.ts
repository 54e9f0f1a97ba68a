import { beforeEach, describe, expect, it } from 'vitest';
import { stepOf } from '../../../shared/catalog/job-types.ts';
import { timeouts } from '../../../shared/catalog/queues.ts';
import { storyCache } from '../../../shared/catalog/story-cache.ts';
import { queueOf } from '../../../shared/domain/accept.ts';
import { AwaitingError, TransientError } from '../../../shared/domain/errors.ts';
import { shareStory, type ToldStory } from '../../../shared/jobs/share-story.ts';
import { acceptedAt } from '../../support/job-builder.ts';
import { MemoryStoryCache } from '../../support/memory-story-cache.ts';
import { RecordedTelemetry } from '../../support/recorded-telemetry.ts';
import { aStoredStory } from '../../support/stored-story.ts';

const story = aStoredStory();
const told: ToldStory = { story, degraded: false };
const key = 'k';
const keptSeconds = 3_600;

let cache: MemoryStoryCache;
let time: number;
let written: number;
beforeEach(() => {
  cache = new MemoryStoryCache();
  time = acceptedAt;
  written = 0;
});

function ask(holder: string, write: () => Promise<ToldStory> = async () => told, mayWait = true) {
  const counted = () => {
    written += 1;
    return write();
  };
  const ports = { cache, telemetry: new RecordedTelemetry(), now: () => time, keptSeconds };
  return shareStory({ key, holder, mayWait }, counted, ports);
}

const failing = () => Promise.reject(new TransientError('model_unavailable', 'no answer'));

/** A writer that is still at it. */
function slowWriter() {
  const { promise, resolve, reject } = Promise.withResolvers<ToldStory>();
  return { write: () => promise, finish: () => resolve(told), fail: () => reject(new Error('aborted')) };
}

describe('a story that several jobs ask for', () => {
  it('is written once, and told again at no cost', async () => {
    expect(await ask('a')).toEqual(told);
    const again = await ask('b');
    expect(again.story).toMatchObject({ title: story.title, content: story.content, cached: true });
    expect(again.story.usage).toEqual({ input_tokens: 0, output_tokens: 0, cost_micro_usd: 0 });
    expect(written).toBe(1);
  });

  it('is awaited by the others while one writes it', async () => {
    const writer = slowWriter();
    const first = ask('a', writer.write);
    await expect(ask('b')).rejects.toThrow(AwaitingError);
    writer.finish();
    await first;
    expect((await ask('b')).story.cached).toBe(true);
    expect(written).toBe(1);
  });

  it('is written anew when its time is over', async () => {
    await ask('a');
    time += keptSeconds * 1_000 - 1;
    expect((await ask('b')).story.cached).toBe(true);
    time += 1;
    expect((await ask('b')).story.cached).toBeUndefined();
    expect(written).toBe(2);
  });

  it.each(['failed', 'was cancelled'])('is written by the next one as soon as the first %s', async () => {
    const writer = slowWriter();
    const first = ask('a', writer.write);
    writer.fail();
    await expect(first).rejects.toThrow('aborted');
    expect(await ask('b')).toEqual(told);
  });

  it('is written by the next one when the first has died, but not before that is sure', async () => {
    void ask('a', () => new Promise(() => {}));
    time += storyCache.lockSeconds * 1_000 - 1;
    await expect(ask('b')).rejects.toThrow(AwaitingError);
    time += 1;
    expect(await ask('b')).toEqual(told);
  });

  it('is written by a repeated attempt of the job that died over it', async () => {
    void ask('a', () => new Promise(() => {}));
    expect(await ask('a')).toEqual(told);
  });

  it('is written for itself alone by a job that cannot wait any more', async () => {
    void ask('a', () => new Promise(() => {}));
    expect(await ask('b', async () => told, false)).toEqual(told);
  });
});

describe('what is not shared', () => {
  it('is a story told without the model', async () => {
    await ask('a', async () => ({ story, degraded: true }));
    expect(cache.slots.size).toBe(0);
    await ask('b');
    expect(written).toBe(2);
  });

  it('is a failure', async () => {
    await expect(ask('a', failing)).rejects.toThrow('no answer');
    expect(cache.slots.size).toBe(0);
  });
});

describe('a cache that fails', () => {
  it('after the story was written does not take it from its own job', async () => {
    cache.fault = (operation) => {
      if (operation !== 'takeTurn' && operation !== 'find') throw new Error('the table is out of reach');
    };
    expect(await ask('a')).toEqual(told);
  });
});

it('a turn outlasts every attempt at writing, wherever it runs', () => {
  for (const priority of [undefined, 1]) {
    const queue = queueOf('generate_story', 'write', priority);
    expect(storyCache.lockSeconds).toBeGreaterThan(timeouts(queue).functionSeconds);
  }
  expect(stepOf('generate_story', 'write')?.queue).toBe('ai_generation');
});
