import { describe, expect, it } from 'vitest';
import { queues } from '../../../shared/catalog/queues.ts';
import { holds } from '../../../shared/domain/change.ts';
import { held, lost } from '../../../shared/domain/guards.ts';
import { isFinal, retentionSeconds } from '../../../shared/domain/job.ts';
import * as transitions from '../../../shared/domain/transitions.ts';
import { acceptedAt, acceptedJob, heldJob } from '../../support/job-builder.ts';
import { changed } from '../../support/memory-job-store.ts';

import { error, next, now, plan, result, shapeNames, shapes, table } from './transition-table.ts';

const rows = Object.entries(table).flatMap(([name, { make, from }]) =>
  shapeNames.map((shape) => [name, shape, make, from.includes(shape)] as const),
);

describe('a transition', () => {
  it.each(rows)('%s, when %s', (_, shape, make, allowed) => {
    const job = shapes[shape];
    expect(holds(make(job).when, job)).toBe(allowed);
  });

  it('of an attempt that was taken over writes nothing, whatever it is', () => {
    const ours = heldJob();
    const changes = ['report progress', 'hand off', 'retry', 'complete', 'fail', 'cancel a running job'];
    for (const theirs of [heldJob({ attempt: 2 }), heldJob({ visit: 2 }), acceptedJob({ attempt: 1 })]) {
      for (const name of changes) expect(holds(table[name]?.make(ours).when ?? [], theirs), name).toBe(false);
    }
  });

  it('may not be made with a message of another visit', () => {
    const job = acceptedJob({ visit: 3 });
    for (const visit of [1, 2, 4]) {
      expect(holds(transitions.claim({ id: job.id, visit }, now, { until: now + 90_000, holder: 'a' }).when, job)).toBe(
        false,
      );
    }
  });

  it('is allowed on an attempt that began before everything was restarted, and not on one that began since', () => {
    const restart = acceptedAt + 20_000;
    expect(holds(lost(heldJob(), now, restart), heldJob())).toBe(true);
    const since = heldJob({ processing_at: restart });
    expect(holds(lost(since, now, restart), since)).toBe(false);
  });

  it('takes no progress back', () => {
    const job = heldJob({ progress: 40 });
    expect(holds(transitions.reportProgress(job, now, 40, '').when, job)).toBe(true);
    expect(holds(transitions.reportProgress(job, now, 39, '').when, job)).toBe(false);
  });
});

describe('after a transition', () => {
  const happened = rows.flatMap(([name, shape, make, allowed]) => {
    const job = shapes[shape];
    return allowed ? [[name, shape, job, changed(job, make(job))] as const] : [];
  });

  it.each(happened)(
    '%s, when %s, the job is either held, or waits and is due, or has ended',
    (_, __, before, after) => {
      expect(after.id).toBe(before.id);
      expect([after.visit >= before.visit, after.attempt >= before.attempt, after.progress >= before.progress]).toEqual(
        [true, true, true],
      );
      if (isFinal(after.status)) {
        expect([after.lease_until, after.due_at, after.not_before]).toEqual([undefined, undefined, undefined]);
        if (!isFinal(before.status)) expect(after.ended_at).toBe(now);
        if (!isFinal(before.status)) expect(after.ttl).toBe(Math.ceil(now / 1_000) + retentionSeconds);
      } else {
        expect(after.due_at).toBeGreaterThan(acceptedAt);
        expect(after.ttl).toBeUndefined();
      }
    },
  );

  it.each(happened)(
    '%s, when %s, the last event tells the state and its number is the job’s',
    (_, __, before, after) => {
      const added = after.history.length - before.history.length;
      expect(after.seq - before.seq).toBe(added);
      if (added > 0) expect(after.history.at(-1)).toMatchObject({ at: now, status: after.status });
    },
  );

  it('claim, the job is looked at again ten seconds after the lease', () => {
    const after = changed(
      shapes.accepted,
      transitions.claim(shapes.accepted, now, { until: now + 90_000, holder: 'a' }),
    );
    expect(after).toMatchObject({ status: 'processing', attempt: 1, lease_until: now + 90_000, due_at: now + 100_000 });
  });

  it('hand-off, the wait limit is that of the next queue and earlier failures are forgotten', () => {
    const job = heldJob({ failures: 2, error });
    const after = changed(job, transitions.handOff(job, now, next));
    const waitUntil = now + queues.voice_synthesis.waitLimitSeconds * 1_000;
    expect(after).toMatchObject({
      status: 'processing',
      step: 'narrate',
      visit: 2,
      failures: 0,
      wait_until: waitUntil,
    });
    expect(after.lease_until).toBeUndefined();
    expect(after.error).toBeUndefined();
  });

  it('retry, a counted failure counts and throttling does not; the wait limit stays', () => {
    const job = heldJob({ failures: 1 });
    const counted = changed(job, transitions.retry(job, held(job), now, plan));
    const throttled = changed(job, transitions.retry(job, held(job), now, { ...plan, counted: false }));
    expect([counted.failures, throttled.failures]).toEqual([2, 1]);
    expect(counted.due_at).toBe(now + 67_000);
    expect(counted).toMatchObject({
      status: 'retrying',
      visit: 2,
      not_before: now + 7_000,
      wait_until: job.wait_until,
    });
  });

  it('fail, the job is a dead letter of its queue', () => {
    const job = heldJob();
    expect(changed(job, transitions.fail(job, held(job), now, error))).toMatchObject({ dead: job.queue, error });
  });

  it('complete, no error of an earlier attempt is left', () => {
    const job = heldJob({ error });
    const after = changed(job, transitions.complete(job, held(job), now, { result, degraded: [] }));
    expect(after).toMatchObject({ status: 'completed', progress: 100, result });
    expect(after.error).toBeUndefined();
  });
});
