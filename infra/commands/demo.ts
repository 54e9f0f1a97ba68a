import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CompletedJob, createJobsClient, JobEndError, ProblemError } from '../../shared/client/index.ts';
import { systemClock } from '../local/clock.ts';
import { type LocalCloud, startCloud } from '../local/cloud.ts';
import { CommandError, onStopSignal, runCommand } from './command-line.ts';
import { demoUsage, readDemoOptions, type StoryRequest, storyRequest } from './demo-request.ts';
import { defaultDataFolder, shownPath } from './local-options.ts';
import { localStageFolder, prepareLocalStage } from './local-stage.ts';
import { progressDisplay } from './progress-display.ts';
import { storyText, timesText } from './story-text.ts';

const demoFolder = path.join(defaultDataFolder, 'demo');

await runCommand(async () => {
  const options = readDemoOptions(process.argv.slice(2));
  if (options === undefined) return console.log(demoUsage);
  const startedAt = performance.now();
  const prepared = await prepareLocalStage(console.error);
  const request = storyRequest(options);

  // Its own, and gone afterwards: every run starts from nothing, and `npm start` may run beside it.
  const dataFolder = path.join(demoFolder, `run-${process.pid}`);
  await mkdir(demoFolder, { recursive: true, mode: 0o700 });
  await removeLeftovers();
  const stopped = new AbortController();
  onStopSignal(() => stopped.abort());
  console.error('Starting the local cloud …');
  const { value: cloud, ms: start } = await timed(() =>
    startCloud({ cdkOut: localStageFolder, dataFolder, httpPort: 0, clock: systemClock, log: console.error }),
  );
  try {
    const times = await tellStory(cloud, request, dataFolder, stopped.signal);
    console.log(timesText({ ...prepared, start, ...times, total: performance.now() - startedAt }));
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    console.error('Stopped.');
    process.exitCode = 130;
  } finally {
    await cloud.close();
  }
  await rm(dataFolder, { recursive: true });
});

/** What a killed demo has left. A folder is named after its process. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(demoFolder)) {
    const pid = Number(/^run-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) await rm(path.join(demoFolder, name), { recursive: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The main job from submit to mp3. Answers how long each part took, in milliseconds. */
async function tellStory(
  cloud: LocalCloud,
  request: StoryRequest,
  dataFolder: string,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const token = await cloud.issueToken({ owner: 'demo', scope: 'jobs:read jobs:write' });
  const client = createJobsClient({ baseUrl: cloud.apiUrl, token: () => token });
  const explain = (error: unknown): never => {
    if (error instanceof ProblemError) throw new CommandError(error.message);
    if (error instanceof JobEndError) throw new CommandError(failureText(error, dataFolder));
    throw error;
  };
  const { value: accepted, ms: accept } = await timed(() =>
    client.jobs.submit('generate_story', request).catch(explain),
  );
  console.error(`Job ${accepted.jobId} accepted: a story about ${request.location.name ?? 'the place you are at'}.`);
  const display = progressDisplay(process.stderr);
  const following = client.jobs.follow(accepted.jobId, { onProgress: display.show, signal });
  const job = await following.catch(explain).finally(display.end);
  if (job.type !== 'generate_story') throw new Error(`The job is a ${job.type}`);

  console.log(`\n${storyText(job.result, process.stdout.columns)}\n`);
  if (job.degraded) console.log(`Made with less than everything: ${job.degraded.join(', ')} was not available.\n`);
  const { ms: download } = await timed(() => saveAudio(job.result.audio_url, job, request));
  return { accept, ...stepTimes(job), download };
}

/** `started_at` is when the last step, the narration, was taken up. */
function stepTimes({
  created_at,
  started_at = created_at,
  ended_at = created_at,
}: CompletedJob): Record<string, number> {
  const started = Date.parse(started_at);
  return { write: started - Date.parse(created_at), narrate: Date.parse(ended_at) - started };
}

async function saveAudio(url: string | undefined, job: CompletedJob, request: StoryRequest): Promise<void> {
  if (url === undefined) return;
  const response = await fetch(url);
  if (!response.ok) throw new CommandError(`The audio could not be downloaded: ${response.status}`);
  const audio = Buffer.from(await response.arrayBuffer());
  const place = (request.location.name ?? 'story').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const file = path.join(demoFolder, `${place}-${job.job_id}.mp3`);
  await writeFile(file, audio);
  console.log(`Audio: ${shownPath(file)} (${Math.round(audio.length / 1000)} kB)\n`);
}

function failureText({ job, message }: JobEndError, dataFolder: string): string {
  const code = job.error === undefined ? '' : ` (${job.error.code})`;
  return `${message}${code}\nLogs: ${shownPath(path.join(dataFolder, 'logs'))}`;
}

async function timed<Value>(run: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const startedAt = performance.now();
  const value = await run();
  return { value, ms: performance.now() - startedAt };
}
