import type { Figure } from './figures.ts';
import { type MeasuredCloud, startMeasuredCloud } from './measured-cloud.ts';
import { percentile, repeated } from './percentiles.ts';

const measuredJobs = 200;

/** Run before each measurement: a sandbox that had nothing to do for a minute has been ended, and its start is not what is asked here. */
const warmingJobs = 10;

/** A real model is waited for, and costs no processor meanwhile: the stand-in alone would make a test of the processor of this. */
const modelMs = 300;

/**
 * Stories that the flooding owner has unfinished at any time. In production the owner's limits are 20 for 80 workers; the local stage has four
 * workers and no such limits, so the flood keeps to half of them by itself.
 */
const floodedWorkers = 2;

/** Analytics jobs of one owner: fewer than an owner may have unfinished on the local stage. */
const jobsOfAnOwner = 800;

/**
 * How long jobs wait for a worker when nothing else is there, and again while `analyticsJobs` stories of lowest priority wait in the analytics
 * queue and another owner submits one story after the other. One run on one machine, so that the ratio says something: the times are the machine's.
 */
export async function isolationFigures(analyticsJobs: number, print: (line: string) => void): Promise<Figure[]> {
  const cloud = await startMeasuredCloud({ modelMs, crowd: Math.ceil(analyticsJobs / jobsOfAnOwner) });
  try {
    await pickUps(cloud, 0, warmingJobs);
    print('measuring without a flood');
    const idle = await pickUps(cloud, 100, measuredJobs);
    print(`queueing ${analyticsJobs} analytics jobs`);
    await repeated(analyticsJobs, 4, (index) => {
      const low = { ...storyAt(100_000 + index), priority: 1 };
      return cloud.submit('/jobs/story/generate', low, `crowd-${Math.floor(index / jobsOfAnOwner)}`);
    });
    const flood = startFlood(cloud);
    await pickUps(cloud, warmingJobs, warmingJobs);
    print('measuring under the flood');
    const flooded = await pickUps(cloud, 100 + measuredJobs, measuredJobs);
    const { waiting } = await cloud.stats();
    const left = Object.entries(waiting)
      .filter(([queue]) => queue.includes('analytics'))
      .reduce((sum, [, messages]) => sum + messages, 0);
    const stories = await flood.stop();
    return [
      ...figuresOf('booking queue', idle.booking, flooded.booking),
      ...figuresOf("another owner's story", idle.story, flooded.story),
      { name: 'stories of the flooding owner meanwhile', value: stories, unit: '' },
      {
        name: 'analytics jobs still waiting at the end',
        value: left,
        unit: '',
        target: 1,
        more: true,
      },
    ];
  } finally {
    await cloud.close();
  }
}

/** A job on the booking queue and a story in turn, each when the one before has ended: milliseconds from accepted to started. */
async function pickUps(cloud: MeasuredCloud, from: number, count: number) {
  const booking: number[] = [];
  const story: number[] = [];
  for (let index = 0; index < count; index += 1) {
    booking.push(await pickUp(cloud, await cloud.probe('booking')));
    story.push(await pickUp(cloud, await cloud.submit('/jobs/story/generate', storyAt(from + index))));
  }
  return { booking, story };
}

async function pickUp(cloud: MeasuredCloud, id: string): Promise<number> {
  const { created_at, started_at = '' } = await cloud.untilEnded(id, 20);
  return Date.parse(started_at) - Date.parse(created_at);
}

/** Another owner's stories, one after the other for each of the flooded workers. */
function startFlood(cloud: MeasuredCloud) {
  let submitted = 0;
  let isOver = false;
  const lane = async () => {
    while (!isOver) {
      submitted += 1;
      const id = await cloud.submit('/jobs/story/generate', storyAt(10_000 + submitted), 'flood');
      await cloud.untilEnded(id, 50, 'flood');
    }
  };
  const lanes = Promise.all(Array.from({ length: floodedWorkers }, lane));
  return {
    async stop(): Promise<number> {
      isOver = true;
      await lanes;
      return submitted;
    },
  };
}

/** A story of a place that no other one is about. */
function storyAt(index: number) {
  const location = { latitude: 30 + (index % 170) / 10, longitude: -120 + (index % 430) / 10, name: `Camp ${index}` };
  return { location, preferences: { length: 'short' } };
}

function figuresOf(what: string, idle: readonly number[], flooded: readonly number[]): Figure[] {
  const ratio = percentile(flooded, 99) / percentile(idle, 99);
  return [
    ...[50, 99].flatMap((percent) => [
      { name: `pick-up, ${what}, idle, p${percent}`, value: percentile(idle, percent), unit: 'ms' },
      { name: `pick-up, ${what}, flood, p${percent}`, value: percentile(flooded, percent), unit: 'ms' },
    ]),
    { name: `pick-up, ${what}, p99 of flood to idle`, value: ratio, unit: 'times', target: 2 },
  ];
}
