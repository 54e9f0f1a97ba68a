import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { basePath } from '../../shared/catalog/routes.ts';
import { JobView } from '../../shared/catalog/schemas/job.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import { loggedLines } from '../support/start-command.ts';
import type { CloudQuestion, CloudReport, LoadOwner } from './cloud-process.ts';

export type MeasuredCloud = Awaited<ReturnType<typeof startMeasuredCloud>>;

/**
 * A local cloud in its own process, with the calls a measurement makes. `modelMs`: how much longer the model takes, milliseconds; `crowd`: how many
 * owners there are beside the two.
 */
export async function startMeasuredCloud({ modelMs = 0, crowd = 0 } = {}) {
  const options = ['--model-ms', String(modelMs), '--crowd', String(crowd)];
  const child = fork(new URL('./cloud-process.ts', import.meta.url), options, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const next = async (): Promise<CloudReport> => {
    const [report] = await once(child, 'message');
    return report;
  };
  const ask = (question: CloudQuestion): Promise<CloudReport> => {
    const answer = next();
    child.send(question);
    return answer;
  };
  const started = await next();
  const headersOf = (owner: LoadOwner) => ({
    authorization: `Bearer ${started.tokens[owner]}`,
    'content-type': 'application/json',
  });
  const url = (path: string) => `${started.apiUrl}${basePath}${path}`;

  const submit = async (path: string, body: unknown, owner: LoadOwner = 'bench'): Promise<string> => {
    const request = { method: 'POST', headers: headersOf(owner), body: JSON.stringify(body) };
    const response = await fetch(url(path), request);
    if (response.status !== 202) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return SubmitAnswer.parse(await response.json()).job_id;
  };
  const status = async (id: string, owner: LoadOwner) => {
    const response = await fetch(url(`/jobs/status/${id}`), { headers: headersOf(owner) });
    return JobView.parse(await response.json());
  };

  return {
    submit,
    probe: (queue = 'default') => submit(`/ops/queues/${queue}/probe`, {}),
    async untilEnded(id: string, pauseMs = 5, owner: LoadOwner = 'bench') {
      for (;;) {
        const job = await status(id, owner);
        if (job.status === 'completed') return job;
        if (job.status !== 'accepted' && job.status !== 'processing') throw new Error(`${id} is ${job.status}`);
        await sleep(pauseMs);
      }
    },
    /** Values of one of the service's own metrics, in the order they were written. */
    metric(name: string, type?: string): number[] {
      return loggedLines(started.dataFolder)
        .filter((line) => line[name] !== undefined && (type === undefined || line.type === type))
        .flatMap((line) => [line[name]].flat().map(Number)); // several values of one invocation are a list
    },
    stats: () => ask('stats'),
    async close() {
      child.send('close' satisfies CloudQuestion);
      await once(child, 'exit');
    },
  };
}
