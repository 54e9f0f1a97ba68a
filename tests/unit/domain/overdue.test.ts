import { expect, it } from 'vitest';
import { isOverdue } from '../../../shared/domain/overdue.ts';
import { acceptedAt, acceptedJob } from '../../support/job-builder.ts';

const hour = 3_600_000;
const error = { code: 'timed_out', message: 'The work took longer than it may.' } as const;

it('a job that can only go forward is overdue after an hour, and not before', () => {
  const committed = acceptedJob({ committed_at: acceptedAt });
  expect(isOverdue(committed, acceptedAt + hour)).toBe(false);
  expect(isOverdue(committed, acceptedAt + hour + 1)).toBe(true);
});

it('so is one that takes back what it did', () => {
  const acted = acceptedJob({ acted_at: acceptedAt });
  expect(isOverdue({ ...acted, intended_end: { status: 'failed', error } }, acceptedAt + hour + 1)).toBe(true);
  expect(isOverdue(acted, acceptedAt + hour + 1), 'and goes on to its end').toBe(false);
});

it('any other job has limits of its own, and a closing batch waits for its children', () => {
  expect(isOverdue(acceptedJob(), acceptedAt + 30 * hour)).toBe(false);
  const closing = acceptedJob({ batch: 'closing', intended_end: { status: 'failed', error } });
  expect(isOverdue(closing, acceptedAt + 30 * hour)).toBe(false);
});
