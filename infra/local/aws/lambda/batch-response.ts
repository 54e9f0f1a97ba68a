import * as z from 'zod';

const failureReport = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * Which messages of a batch a `ReportBatchItemFailures` answer calls failed: nothing, the empty answer and an empty or
 * null list mean none; whatever cannot be read, or names a message that was not in the batch, means all.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function failedMessageIds(answer: unknown, messageIds: readonly string[]): ReadonlySet<string> {
  const everyMessage = new Set(messageIds);
  if (answer === null || answer === undefined) return new Set();
  const report = failureReport.safeParse(answer);
  if (!report.success) return everyMessage;
  const failed = new Set(report.data.batchItemFailures?.map((failure) => failure.itemIdentifier));
  return [...failed].every((id) => everyMessage.has(id)) ? failed : everyMessage;
}
