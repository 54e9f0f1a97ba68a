import type { AwsResponse } from '../../server/aws-service.ts';

/** Names that the service's API model still gives the older query protocol's prefix (its `awsQueryError` traits). */
const legacyCodes: Readonly<Record<string, string>> = {
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
};
const statuses: Readonly<Record<string, number>> = { ReceiptHandleIsInvalid: 404, NotImplemented: 501 };

/** A refusal by its AWS name: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html */
export class SqsError extends Error {
  override readonly name = 'SqsError';
  readonly code: string;
  /** What SDKs report as the error's `Code`, and a batch in its failed entries. */
  readonly queryCode: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
    this.queryCode = legacyCodes[code] ?? code;
  }

  toResponse(): AwsResponse {
    return {
      status: statuses[this.code] ?? 400,
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': `${this.queryCode};Sender` },
      body: JSON.stringify({ __type: `com.amazonaws.sqs#${this.code}`, message: this.message }),
    };
  }
}
