import { createHash } from 'node:crypto';
import { encodeTime } from 'ulid';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a ULID that tell its time. */
const TIME_CHARACTERS = 10;

const CHANCE_CHARACTERS = 16;

/** Id of a batch's child. Whoever makes the children again makes the same ones. */
export function childId(batchId: string, index: number): string {
  return derivedId(batchId, String(index));
}

/** Id of the job that a schedule makes for a moment, milliseconds since the epoch: a ULID of that moment, the same whoever makes it. */
export function runId(scheduleId: string, runAt: number): string {
  return `${encodeTime(runAt, TIME_CHARACTERS)}${chanceFrom(`${scheduleId}#${runAt}`)}`;
}

/** A ULID of the job's own moment, whose other 80 bits follow from the job and the name. */
export function derivedId(jobId: string, name: string): string {
  return `${jobId.slice(0, TIME_CHARACTERS)}${chanceFrom(`${jobId}#${name}`)}`;
}

function chanceFrom(seed: string): string {
  const hash = createHash('sha256').update(seed).digest();
  return Array.from(hash.subarray(0, CHANCE_CHARACTERS), (byte) => CROCKFORD[byte % CROCKFORD.length]).join('');
}
