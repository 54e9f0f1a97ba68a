import { buryMessage } from '../../shared/jobs/bury-message.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { jobPorts } from '../../shared/runtime/job-ports.ts';
import { messageOf, sqsHandler } from '../../shared/runtime/sqs-handler.ts';

const ports = jobPorts(environmentOf('bury-job'));

export const handler = sqsHandler(async (record) => {
  const message = readable(() => messageOf(record));
  if (message.ok) return buryMessage(message.value, ports);
  const { messageId, body, eventSourceARN } = record;
  const source = eventSourceARN.split(':').at(-1) ?? '';
  await ports.store.keepUnreadable({ messageId, source, body, reason: message.reason, at: ports.now() });
  ports.telemetry.warn('dead_letter_unreadable', { message_id: messageId, reason: message.reason });
});

function readable<T>(read: () => T): { ok: true; value: T } | { ok: false; reason: string } {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}
