import { environmentOf } from '../../shared/runtime/environment.ts';
import { httpHandler } from '../../shared/runtime/http-handler.ts';
import { jobPorts } from '../../shared/runtime/job-ports.ts';
import { acceptJob } from '../../shared/runtime/submit-route.ts';

const ports = jobPorts(environmentOf('operate'));

export const handler = httpHandler({
  probe_queue: (request) =>
    acceptJob(request, { type: 'probe', input: {}, options: {}, queue: request.params.queue }, ports),
});
