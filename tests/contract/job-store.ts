import { afterAll, beforeAll, describe } from 'vitest';
import type { Job } from '../../shared/domain/job.ts';
import type { JobStore } from '../../shared/domain/ports.ts';
import { describeAccepting } from './job-store-accepting.ts';
import { describeChanging } from './job-store-changing.ts';
import { describeKeeping } from './job-store-keeping.ts';

/** A job store under test, and what the suite must see or do behind its back. */
export interface JobStoreFixture {
  readonly store: JobStore;
  /** Puts a head there as it is, and gives it back. */
  place(job: Job): Promise<Job>;
  close(): Promise<void>;
}

/** What every job store promises (shared/domain/ports.ts), whatever it is made of. */
export function describeJobStore(name: string, start: () => Promise<JobStoreFixture>): void {
  describe(name, () => {
    let fixture: JobStoreFixture;
    beforeAll(async () => {
      fixture = await start();
    }, 60_000);
    afterAll(() => fixture?.close());
    describeAccepting(() => fixture);
    describeChanging(() => fixture);
    describeKeeping(() => fixture);
  });
}
