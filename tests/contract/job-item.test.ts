import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { headItem, jobOf } from '../../shared/adapters/dynamodb/job-item.ts';
import { newestReadableVersion } from '../../shared/domain/job.ts';
import { UnreadableRecordError } from '../../shared/domain/unreadable-record.ts';
import { acceptedJob } from '../support/job-builder.ts';

describe('a record that the release after this one wrote', () => {
  it('with a field more, under a version that is known, is read without it', () => {
    const job = acceptedJob();
    expect(jobOf({ ...headItem(job), ...marshall({ moon_phase: 'full' }) })).toEqual(job);
  });

  it.each([
    ['a version', { rv: newestReadableVersion + 1 }],
    ['a job type', { type: 'project_hologram' }],
    ['a queue', { queue: 'holograms' }],
    ['a status', { status: 'pondering' }],
    ['an event', { history: [{ at: 1, status: 'pondering' }] }],
  ])('with %s that this one does not know is read by nobody, so that nothing acts on half of it', (_, change) => {
    const item = { ...headItem(acceptedJob()), ...marshall(change) };
    expect(() => jobOf(item)).toThrow(UnreadableRecordError);
  });
});
