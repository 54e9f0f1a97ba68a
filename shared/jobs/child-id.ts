import { createHash } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a ULID that tell its time. */
const TIME_CHARACTERS = 10;

const CHANCE_CHARACTERS = 16;

/** Id of a batch's child. Whoever makes the children again makes the same ones. */
export function childId(batchId: string, index: number): string {
  return derivedId(batchId, String(index));
}

/** A ULID of the job's own moment, whose other 80 bits follow from the job and the name. */
export function derivedId(jobId: string, name: string): string {
  const hash = createHash('sha256').update(`${jobId}#${name}`).digest();
  const chance = Array.from(hash.subarray(0, CHANCE_CHARACTERS), (byte) => CROCKFORD[byte % CROCKFORD.length]);
  return `${jobId.slice(0, TIME_CHARACTERS)}${chance.join('')}`;
}
