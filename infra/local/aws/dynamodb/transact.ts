import { hash } from 'node:crypto';
import { DynamoDbFailure, invalid } from './failure.ts';
import type { Requests } from './requests.ts';
import type { Change, Store } from './store.ts';
import { identityOf } from './table.ts';
import { type PreparedWrite, prepareCheck, preparePut, prepareUpdate } from './write.ts';

/**
 * All of the writes or none. A repeated request token answers the finished transaction for 10 minutes, also across a restart.
 * Requests run one after another here, so there is never a TransactionConflict; on AWS there is.
 */
export function transactWriteItems(store: Store, request: Requests['TransactWriteItems']) {
  const writes = request.TransactItems.map((item) => prepare(store, item));
  const identities = new Set(writes.map(({ table, key }) => identityOf(table, key)));
  if (identities.size < writes.length) throw invalid('A transaction cannot include multiple operations on one item');
  const token = request.ClientRequestToken;
  const fingerprint = hash('sha256', JSON.stringify(request.TransactItems));
  const finished = token === undefined ? undefined : store.fingerprintOf(token);
  if (finished === undefined) {
    store.commit(evaluate(store, writes), token === undefined ? undefined : { token, fingerprint });
  } else if (finished !== fingerprint) {
    const message = 'Request parameters do not match the previous request with the same client token';
    throw new DynamoDbFailure('IdempotentParameterMismatchException', message);
  }
  return {};
}

function prepare(store: Store, item: Requests['TransactWriteItems']['TransactItems'][number]): PreparedWrite {
  const { Put, Update, ConditionCheck } = item;
  if (Object.keys(item).length === 1) {
    if (Put) return preparePut(store, Put);
    if (Update) return prepareUpdate(store, Update);
    if (ConditionCheck) return prepareCheck(store, ConditionCheck);
  }
  throw invalid('Each of TransactItems contains one of ConditionCheck, Put or Update');
}

/** Throws TransactionCanceledException with one reason for each write, in their order, when any of them fails. */
function evaluate(store: Store, writes: readonly PreparedWrite[]): readonly Change[] {
  const changes: Change[] = [];
  const CancellationReasons = writes.map(({ table, key, next }) => {
    const before = store.read(table, key);
    try {
      changes.push({ table, key, before, after: next(before) });
      return { Code: 'None' };
    } catch (error) {
      return cancellationReason(error);
    }
  });
  if (changes.length === writes.length) return changes;
  const codes = CancellationReasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  throw new DynamoDbFailure('TransactionCanceledException', message, { CancellationReasons });
}

function cancellationReason(error: unknown) {
  if (!(error instanceof DynamoDbFailure)) throw error;
  const isCondition = error.name === 'ConditionalCheckFailedException';
  return { Code: isCondition ? 'ConditionalCheckFailed' : 'ValidationError', Message: error.message, ...error.detail };
}
