import { parseArgs } from 'node:util';
import { runCommand } from '../../infra/commands/command-line.ts';
import { prepareLocalStage } from '../../infra/commands/local-stage.ts';
import { bundleFigures } from './bundle-figures.ts';
import { type Figure, printFigures } from './figures.ts';
import { type MeasuredCloud, startMeasuredCloud } from './measured-cloud.ts';
import { percentile, repeated, timed } from './percentiles.ts';
import { promiseFigures } from './promise-figures.ts';

// Places all over the map, each used once, so that no story or speech is there already.
const places = [
  { latitude: 35.1717, longitude: -103.725 },
  { latitude: 44.0805, longitude: -103.231 },
  { latitude: 38.5733, longitude: -109.5498 },
  { latitude: 30.3094, longitude: -104.0206 },
  { latitude: 46.8772, longitude: -96.7898 },
  { latitude: 36.1147, longitude: -115.1728 },
];

const usage = `Usage: npm run bench

Measures a local cloud of its own and prints each figure beside its target, as a table: sizes of bundles, memory, times of submits, queues
and stories, calls of a job, jobs a second. Takes some minutes; on a busy machine the times say little (docs/benchmarks.md).

  --help    this text`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
  if (values.help) return console.log(usage);
  await prepareLocalStage(console.error);
  printFigures([...(await bundleFigures()), ...(await cloudFigures())]);
});

async function cloudFigures(): Promise<Figure[]> {
  const cloud = await startMeasuredCloud();
  try {
    const figures = [await firstStoryFigure(cloud)];
    await warmUp(cloud);
    figures.push(...(await idleFigures(cloud)));
    figures.push(...(await storyFigures(cloud)));
    figures.push(...(await callFigures(cloud)));
    figures.push(...(await promiseFigures(cloud)));
    figures.push(...(await throughputFigures(cloud)));
    figures.push({ name: 'resident memory after all of this', value: await residentMegabytes(cloud), unit: 'MB' });
    return figures;
  } finally {
    await cloud.close();
  }
}

/** What `npm run demo` leaves the local cloud at. */
async function firstStoryFigure(cloud: MeasuredCloud): Promise<Figure> {
  const body = { location: { latitude: 37.7749, longitude: -122.4194 }, include_voice: true };
  await cloud.untilEnded(await cloud.submit('/jobs/story/generate', body), 100);
  const name = 'resident memory after one story with voice';
  return { name, value: await residentMegabytes(cloud), unit: 'MB', target: 700 };
}

async function residentMegabytes(cloud: MeasuredCloud): Promise<number> {
  return (await cloud.stats()).residentBytes / 1e6;
}

async function warmUp(cloud: MeasuredCloud): Promise<void> {
  await repeated(60, 4, async () => cloud.untilEnded(await cloud.probe()));
  const body = {
    location: { latitude: 47.6, longitude: -122.33 },
    include_voice: true,
    preferences: { length: 'short' },
  };
  await cloud.untilEnded(await cloud.submit('/jobs/story/generate', body));
}

async function idleFigures(cloud: MeasuredCloud): Promise<Figure[]> {
  const before = cloud.metric('pick_up_latency', 'probe').length;
  const submits: number[] = [];
  await repeated(300, 1, async () => {
    let id = '';
    submits.push(
      await timed(async () => {
        id = await cloud.probe();
      }),
    );
    await cloud.untilEnded(id);
  });
  const pickUps = cloud.metric('pick_up_latency', 'probe').slice(before);
  return [
    { name: 'submit → 202, p50', value: percentile(submits, 50), unit: 'ms', target: 10 },
    { name: 'submit → 202, p99', value: percentile(submits, 99), unit: 'ms', target: 40 },
    { name: 'queue pick-up, p50', value: percentile(pickUps, 50), unit: 'ms', target: 8 },
    { name: 'queue pick-up, p99', value: percentile(pickUps, 99), unit: 'ms', target: 40 },
  ];
}

async function storyFigures(cloud: MeasuredCloud): Promise<Figure[]> {
  const times: number[] = [];
  for (const location of places) {
    const submit = () => cloud.submit('/jobs/story/generate', { location, include_voice: true });
    times.push(await timed(async () => cloud.untilEnded(await submit(), 20)));
  }
  return [{ name: 'story with voice, median', value: percentile(times, 50) / 1_000, unit: 's', target: 4 }];
}

/** Calls of one job at DynamoDB and SQS, without those of the client that follows it. */
async function callFigures(cloud: MeasuredCloud): Promise<Figure[]> {
  const location = { latitude: 40.0, longitude: -105.27 };
  const another = { latitude: 41.14, longitude: -104.82 }; // else the text is there already
  return [
    ...(await callsOf(cloud, 'a probe', () => cloud.probe(), [4, 3])),
    ...(await callsOf(cloud, 'a story', () => cloud.submit('/jobs/story/generate', { location }), [11, 3])),
    ...(await callsOf(
      cloud,
      'a story with voice',
      () => cloud.submit('/jobs/story/generate', { location: another, include_voice: true }),
      [15, 6],
    )),
  ];
}

async function callsOf(
  cloud: MeasuredCloud,
  name: string,
  submit: () => Promise<string>,
  targets: readonly [number, number],
): Promise<Figure[]> {
  const before = await cloud.stats();
  const endedBefore = cloud.metric('jobs_completed').length;
  await submit();
  while (cloud.metric('jobs_completed').length === endedBefore)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const after = await cloud.stats();
  const difference = (service: string) =>
    Object.entries(after.calls)
      .filter(([call]) => call.startsWith(`${service}.`))
      .reduce((sum, [call, count]) => sum + count - (before.calls[call] ?? 0), 0);
  return [
    { name: `DynamoDB calls of ${name}`, value: difference('dynamodb'), unit: '', target: targets[0] },
    { name: `SQS calls of ${name}, over the wire`, value: difference('sqs'), unit: '', target: targets[1] },
  ];
}

async function throughputFigures(cloud: MeasuredCloud): Promise<Figure[]> {
  const jobs = 1_500;
  const completedBefore = cloud.metric('jobs_completed', 'probe').length;
  const ids: string[] = [];
  const milliseconds = await timed(async () => {
    await repeated(jobs, 16, async (index) => {
      ids[index] = await cloud.probe();
    });
    for (const id of ids.slice(-64)) await cloud.untilEnded(id); // consumers are few and take messages in order
  });
  const completed = cloud.metric('jobs_completed', 'probe').length - completedBefore;
  if (completed < jobs) throw new Error(`${jobs - completed} jobs had not ended yet`);
  return [
    { name: 'no-op jobs over HTTP', value: (jobs / milliseconds) * 1_000, unit: 'jobs/s', target: 150, more: true },
  ];
}
