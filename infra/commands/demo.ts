import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { StoredStory } from '../../shared/catalog/schemas/story.ts';
import { systemClock } from '../local/clock.ts';
import { type LocalCloud, startCloud } from '../local/cloud.ts';
import { CommandError, onStopSignal, runCommand } from './command-line.ts';
import { demoUsage, readDemoOptions, type StoryRequest, storyRequest } from './demo-request.ts';
import { followJob, type Job, submitStory } from './follow-job.ts';
import { defaultDataFolder, shownPath } from './local-options.ts';
import { localStageFolder, prepareLocalStage } from './local-stage.ts';
import { progressDisplay } from './progress-display.ts';
import { storyText, timesText } from './story-text.ts';

const demoFolder = path.join(defaultDataFolder, 'demo');

/** The story as its owner sees it: with a link to the audio. */
const ShownStory = StoredStory.pick({ title: true, content: true, credits: true, audio_duration: true }).extend({
  audio_url: z.url().optional(),
});

await runCommand(async () => {
  const options = readDemoOptions();
  if (options === undefined) return console.log(demoUsage);
  const startedAt = performance.now();
  const prepared = await prepareLocalStage(console.error);
  const request = storyRequest(options);

  // Its own, and gone afterwards: every run starts from nothing, and `npm start` may run beside it.
  const dataFolder = path.join(demoFolder, `run-${process.pid}`);
  await mkdir(demoFolder, { recursive: true, mode: 0o700 });
  console.error('Starting the local cloud …');
  const { value: cloud, ms: start } = await timed(() =>
    startCloud({ cdkOut: localStageFolder, dataFolder, httpPort: 0, clock: systemClock, log: console.error }),
  );
  const removeData = () => rm(dataFolder, { recursive: true });
  onStopSignal(
    () =>
      void cloud
        .close()
        .then(removeData)
        .finally(() => process.exit(130)),
  );
  const times = await tellStory(cloud, request, dataFolder).finally(() => cloud.close());
  await removeData();
  console.log(timesText({ ...prepared, start, ...times, total: performance.now() - startedAt }));
});

/** The main job from submit to mp3. Answers how long each part took, in milliseconds. */
async function tellStory(
  cloud: LocalCloud,
  request: StoryRequest,
  dataFolder: string,
): Promise<Record<string, number>> {
  const access = {
    apiUrl: cloud.apiUrl,
    token: await cloud.issueToken({ owner: 'demo', scope: 'jobs:read jobs:write' }),
  };
  const { value: accepted, ms: accept } = await timed(() => submitStory(access, request));
  console.error(`Job ${accepted.job_id} accepted: a story about ${request.location.name ?? 'the place you are at'}.`);
  const display = progressDisplay(process.stderr);
  const job = await followJob(access, accepted.status_url, display.show).finally(display.end);
  if (job.status !== 'completed') throw new CommandError(failureText(job, dataFolder));

  const story = ShownStory.parse(job.result);
  console.log(`\n${storyText(story, process.stdout.columns)}\n`);
  if (job.degraded) console.log(`Made with less than everything: ${job.degraded.join(', ')} was not available.\n`);
  const { ms: download } = await timed(() => saveAudio(story.audio_url, job, request));
  return { accept, ...stepTimes(job), download };
}

/** `started_at` is when the last step, the narration, was taken up. */
function stepTimes({ created_at, started_at = created_at, ended_at = created_at }: Job): Record<string, number> {
  const [created, started, ended] = [created_at, started_at, ended_at].map((time) => Date.parse(time));
  return { write: (started ?? 0) - (created ?? 0), narrate: (ended ?? 0) - (started ?? 0) };
}

async function saveAudio(url: string | undefined, job: Job, request: StoryRequest): Promise<void> {
  if (url === undefined) return;
  const response = await fetch(url);
  if (!response.ok) throw new CommandError(`The audio could not be downloaded: ${response.status}`);
  const audio = Buffer.from(await response.arrayBuffer());
  const place = (request.location.name ?? 'story').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const file = path.join(demoFolder, `${place}-${job.job_id}.mp3`);
  await writeFile(file, audio);
  console.log(`Audio: ${shownPath(file)} (${Math.round(audio.length / 1000)} kB)\n`);
}

function failureText(job: Job, dataFolder: string): string {
  const reason = job.error === undefined ? job.message : `${job.error.code}: ${job.error.message}`;
  return `The job ended as ${job.status}. ${reason}\nLogs: ${shownPath(path.join(dataFolder, 'logs'))}`;
}

async function timed<Value>(run: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const startedAt = performance.now();
  const value = await run();
  return { value, ms: performance.now() - startedAt };
}
