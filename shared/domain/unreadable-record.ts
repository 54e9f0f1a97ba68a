/** Why a release cannot read a record: a later one wrote it, and this one must leave it alone, or it makes no sense. */
export type UnreadableReason = 'newer' | 'damaged';

export interface UnreadableRecord {
  /** Of the job, the schedule or the message. */
  readonly id: string;
  /** As far as it can be told. */
  readonly owner?: string;
  readonly reason: UnreadableReason;
}

/** A record that is there and that this release cannot read. Its message and its cause name fields, never what is in them. */
export class UnreadableRecordError extends Error {
  override readonly name = 'UnreadableRecordError';
  readonly id: string;
  readonly owner: string | undefined;
  readonly reason: UnreadableReason;

  constructor({ id, owner, reason }: UnreadableRecord, detail: string, options?: ErrorOptions) {
    super(`Record ${id} is ${reason}: ${detail}`, options);
    this.id = id;
    this.owner = owner;
    this.reason = reason;
  }
}

/** Whether what was found can be read. */
export function isReadable<T>(found: T | UnreadableRecordError): found is T {
  return !(found instanceof UnreadableRecordError);
}
