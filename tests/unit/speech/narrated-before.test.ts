import { beforeEach, describe, expect, it } from 'vitest';
import { narrate } from '../../../functions/process-job/processors/narrate.ts';
import type { Speaker } from '../../../shared/domain/narration.ts';
import type { MediaProperties, MediaStore } from '../../../shared/domain/ports.ts';

const text = 'Tucumcari lies on Route 66.';
const noon = Date.parse('2026-07-04T12:00:00Z');

let spoken: number;
let saved: Map<string, MediaProperties>;
beforeEach(() => {
  spoken = 0;
  saved = new Map();
});

const speaker: Speaker = {
  speak: async () => {
    spoken += 1;
    const speech = {
      audio: new Uint8Array([1]),
      contentType: 'audio/mpeg',
      sampleRateHertz: 24_000,
      words: [],
    } as const;
    return { ...speech, durationSeconds: 2, billedCharacters: 54 };
  },
};

const media: MediaStore = {
  save: async (key, _content, _type, properties = {}) => void saved.set(key, properties),
  find: async (key) => saved.get(key),
  read: async () => undefined,
};

const narrateAt = (at: number) =>
  narrate(
    text,
    'warm_guide',
    { speaker: () => speaker, media: () => media },
    { at, signal: new AbortController().signal, spend: () => {} },
  );

describe('a text that was spoken before', () => {
  it('is not spoken again, and is told to be kept from another job', async () => {
    const first = await narrateAt(noon);
    const again = await narrateAt(noon + 60_000);
    expect([first.cached, again.cached]).toEqual([false, true]);
    expect(again.speech).toEqual(first.speech);
    expect(spoken).toBe(1);
  });

  it('by an earlier attempt of the same job is its own', async () => {
    await narrateAt(noon);
    expect((await narrateAt(noon)).cached).toBe(false);
    expect(spoken).toBe(1);
  });
});
