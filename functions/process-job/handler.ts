import { processMessage } from '../../shared/jobs/process-message.ts';
import { environmentOf } from '../../shared/runtime/environment.ts';
import { jobPorts } from '../../shared/runtime/job-ports.ts';
import { messageOf, sqsHandler } from '../../shared/runtime/sqs-handler.ts';
import { processorRegistry } from './processors/registry.ts';
import { processorServices } from './services.ts';

const environment = environmentOf('process-job');
const ports = jobPorts(environment);
const services = processorServices(environment);

export const handler = sqsHandler(async (record, context) => {
  const delivery = {
    sentAt: Number(record.attributes.SentTimestamp),
    holder: `${context.awsRequestId}/${record.messageId}`,
  };
  await processMessage(messageOf(record), delivery, {
    ...ports,
    queue: environment.QUEUE_NAME,
    processorOf: (type) => processorRegistry[type](services),
    remaining: () => context.getRemainingTimeInMillis(),
  });
});
