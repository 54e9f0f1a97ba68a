import { createHash } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a ULID that tell its time. */
const TIME_CHARACTERS = 10;

const CHANCE_CHARACTERS = 16;

/**
 * Id of a batch's child: a ULID of the batch's own moment, whose other 80 bits follow from the batch and the child's number. Whoever makes the
 * children again makes the same ones.
 */
export function childId(batchId: string, index: number): string {
  const hash = createHash('sha256').update(`${batchId}#${index}`).digest();
  const chance = Array.from(hash.subarray(0, CHANCE_CHARACTERS), (byte) => CROCKFORD[byte % CROCKFORD.length]);
  return `${batchId.slice(0, TIME_CHARACTERS)}${chance.join('')}`;
}
