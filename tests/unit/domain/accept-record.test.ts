import { describe, expect, it } from 'vitest';
import { type Acceptance, accept, queueOf, shardOf } from '../../../shared/domain/accept.ts';
import { acceptedAt } from '../../support/job-builder.ts';

const now = acceptedAt;
const HOUR_MILLISECONDS = 3_600_000;
const id = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';
const result = { inline: { title: 'Tucumcari' } };
const accepted = (fields: Partial<Acceptance> = {}) =>
  accept({ id, type: 'generate_story', owner: 'traveller', input: { inline: {} }, ...fields }, now);

const record = {
  id,
  type: 'generate_story',
  owner: 'traveller',
  queue: 'ai_generation',
  step: 'write',
  status: 'accepted',
  visit: 1,
  attempt: 0,
  failures: 0,
  due_at: now + 60_000,
  due_shard: shardOf(id),
  wait_until: now + HOUR_MILLISECONDS,
  progress: 0,
  seq: 1,
  history: [{ at: now, status: 'accepted', step: 'write', progress: 0 }],
  input: { inline: {} },
  resends: 0,
  requeues: 0,
  rv: 1,
  accepted_at: now,
  updated_at: now,
} as const;

describe('the record of a new job', () => {
  it('has nothing that was not asked for', () => {
    expect(accepted()).toStrictEqual(record);
  });

  it('has everything that was asked for', () => {
    const job = accepted({
      priority: 7,
      deadline: now + 2 * HOUR_MILLISECONDS,
      parent: { id: 'a batch', index: 1 },
      callbackUrl: 'https://example.com/told',
      follows: 'another job',
      scheduleId: 'a schedule',
    });
    expect(job).toStrictEqual({
      ...record,
      priority: 7,
      deadline: now + 2 * HOUR_MILLISECONDS,
      parent: { id: 'a batch', index: 1 },
      callback_url: 'https://example.com/told',
      follows: 'another job',
      schedule_id: 'a schedule',
    });
  });

  it('with a head start begins at the step that goes on from it, and its first event says so', () => {
    expect(accepted({ headStart: { result, next: { step: 'narrate', progress: 50 } } })).toStrictEqual({
      ...record,
      queue: 'voice_synthesis',
      step: 'narrate',
      wait_until: now + HOUR_MILLISECONDS / 2,
      result,
      progress: 50,
      history: [{ at: now, status: 'accepted', step: 'narrate', progress: 50 }],
    });
  });
});

describe('the record of a job whose result is known', () => {
  const { due_at: _, ...neverDue } = record;
  const completed = {
    ...neverDue,
    status: 'completed',
    result,
    progress: 100,
    seq: 2,
    history: [
      { at: now, status: 'accepted', step: 'write', progress: 0 },
      { at: now, status: 'completed', progress: 100 },
    ],
    ended_at: now,
    ttl: Date.UTC(2026, 0, 31, 12) / 1_000,
  };

  it('is accepted and completed in one, and nothing is due', () => {
    expect(accepted({ headStart: { result } })).toStrictEqual(completed);
  });

  it('is due in a minute if something must follow from its end', () => {
    expect(accepted({ headStart: { result }, callbackUrl: 'https://example.com/told' })).toStrictEqual({
      ...completed,
      callback_url: 'https://example.com/told',
      outbox: ['callback'],
      due_at: now + 60_000,
    });
  });

  it('tells the traveller, if a job of its type does when it completes', () => {
    expect(accepted({ type: 'process_reservation', headStart: { result } }).outbox).toEqual(['notify']);
  });
});

describe('where a job waits', () => {
  it('is the default queue for a step that its type does not have', () => {
    expect(queueOf('generate_story', 'sleep', 1)).toBe('default');
  });

  // Test vectors of FNV-1a in 32 bits (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv), modulo sixteen shards.
  it.each([
    ['', 0x811c9dc5 % 16],
    ['a', 0xe40c292c % 16],
    ['foobar', 0xbf9cf968 % 16],
  ])('in the due index follows from its id %j by a published hash', (text, shard) => {
    expect(shardOf(text)).toBe(shard);
  });
});
