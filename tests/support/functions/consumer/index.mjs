// Writes each body to its log and answers as the first body says.
import { setTimeout as sleep } from 'node:timers/promises';

export const handler = async (event) => {
  const messages = event.Records.map((record) => ({ id: record.messageId, ...JSON.parse(record.body) }));
  console.log(JSON.stringify({ names: messages.map((message) => message.name), records: event.Records }));
  const [first] = messages;
  if (first.waitMs) await sleep(first.waitMs);
  if (first.throws) throw new Error(first.throws);
  if ('answer' in first) return first.answer;
  return {
    batchItemFailures: messages.filter((message) => message.fails).map((message) => ({ itemIdentifier: message.id })),
  };
};
