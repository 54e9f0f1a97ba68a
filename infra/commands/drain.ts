import { parseArgs } from 'node:util';
import { queueNames, queues, timeouts } from '../../shared/catalog/queues.ts';
import { AbortError } from '../../shared/client/errors.ts';
import { globalPlatform } from '../../shared/client/platform.ts';
import { CommandError, onStopSignal, runCommand } from './command-line.ts';
import { drainStage, resumeStage } from './drain-stage.ts';
import { readApiUrl, readToken, tokenVariable } from './stage-options.ts';
import { type QueueNow, stageQueues } from './stage-queues.ts';

/** SQS's counts may be late by a minute. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
const countsLateSeconds = 60;
const longestRunSeconds = Math.max(...queueNames.map((queue) => timeouts(queue).functionSeconds));
const longestInvisibleSeconds = Math.max(...queueNames.map((queue) => timeouts(queue).visibilitySeconds));
const shortestWaitMinutes = Math.min(...queueNames.map((queue) => queues[queue].waitLimitSeconds)) / 60;

const usage = `Usage: ${tokenVariable}=<access token> npm run drain -- --api <url> [options]

Pauses every queue and waits until nothing is in flight, for work that must not overlap with running jobs. A deployment needs no drain.
Jobs are still accepted, and wait; their wait limits go on, the shortest being ${shortestWaitMinutes} minutes. Only the consumers stop: the API and
the reconciler still write records.

  --api <url>          where the API is: the output ApiUrl of the service stack
  --quiet <seconds>    how long nothing may be seen in flight (${countsLateSeconds}, since SQS counts up to a minute late); 0 does for the local cloud
  --timeout <seconds>  give up after so long (the longest run of a function, ${longestRunSeconds}, a minute, and the quiet time)
  --resume             resumes every queue that is paused, whoever paused it
  --help               this text

Only exit code 0 leaves queues paused. When the time is over (1), after an error (1) and on Ctrl-C (130), the queues that this run has paused
are resumed; one that was paused before stays paused, and no longer ends by itself if a remediation had paused it. What a worker that was
killed has left is in flight until its message is visible again, up to ${longestInvisibleSeconds} seconds.

The token needs the scopes ops:read and ops:write. For the local cloud:
${tokenVariable}=$(npm run --silent token -- --scope "ops:read ops:write").`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      api: { type: 'string' },
      quiet: { type: 'string', default: String(countsLateSeconds) },
      timeout: { type: 'string' },
      resume: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const apiUrl = readApiUrl(values.api, usage);
  const stage = stageQueues({ apiUrl, token: readToken(usage) });
  const quietSeconds = readSeconds('--quiet', values.quiet);
  const longest = String(longestRunSeconds + countsLateSeconds + quietSeconds);
  const timeoutSeconds = readSeconds('--timeout', values.timeout ?? longest);

  const stop = new AbortController();
  onStopSignal(() => {
    console.error('Stopping. Ctrl-C again ends this at once and leaves the queues as they are.');
    stop.abort();
  });
  process.on('SIGHUP', () => stop.abort()); // the terminal has gone, which must not leave every queue paused
  process.stderr.on('error', () => {}); // nor must a reader of the progress who has gone
  const { clock } = globalPlatform();
  const options = { quietSeconds, timeoutSeconds, clock, signal: stop.signal, print: console.error };
  try {
    if (values.resume) console.log(resumedText(await resumeStage(stage, options)));
    else console.log(drainedText(await drainStage(stage, options), apiUrl));
  } catch (error) {
    if (error instanceof AbortError) throw new CommandError('Stopped.', { exitCode: 130 });
    throw error;
  }
});

function readSeconds(flag: string, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new CommandError(`${flag} must be a number of seconds.`, { exitCode: 2 });
}

function drainedText(paused: readonly QueueNow[], apiUrl: string): string {
  const waiting = paused.reduce((sum, { waiting, delayed }) => sum + waiting + delayed, 0);
  const [first] = paused.toSorted((one, other) => one.wait_limit - other.wait_limit);
  const limit =
    first && `${first.carries} (${first.queue}) may wait ${first.wait_limit / 60} minutes, the shortest time`;
  return `Drained: all ${paused.length} queues are paused and nothing is in flight. Messages waiting: ${waiting}.
New jobs are accepted and wait. Wait limits go on: ${limit}.
To go on: npm run drain -- --api ${apiUrl} --resume`;
}

function resumedText(resumed: readonly string[]): string {
  return resumed.length === 0 ? 'No queue was paused.' : `Resumed: ${resumed.join(', ')}.`;
}
