import type { FollowUp, Job } from '../domain/job.ts';
import { derivedId } from './child-id.ts';

/** Id of the job that an end of the job makes. A job that is redriven ends again, with another visit, and makes another. */
export function followerId({ id, visit }: Pick<Job, 'id' | 'visit'>, followUp: FollowUp): string {
  return derivedId(id, `${followUp}#${visit}`);
}
