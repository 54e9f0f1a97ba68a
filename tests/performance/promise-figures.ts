import type { Figure } from './figures.ts';
import type { MeasuredCloud } from './measured-cloud.ts';
import { percentile, repeated, timed } from './percentiles.ts';

/** What the system this one replaces promised: the API's answer time, the pick-up, completion, a burst, and priority. */
export async function promiseFigures(cloud: MeasuredCloud): Promise<Figure[]> {
  return [
    ...(await answerTimes(cloud)),
    ...(await completion(cloud)),
    ...(await burst(cloud)),
    ...(await priority(cloud)),
  ];
}

async function answerTimes(cloud: MeasuredCloud): Promise<Figure[]> {
  const before = cloud.metric('pick_up_latency', 'probe').length;
  const answers: number[] = [];
  await repeated(100, 1, async () => {
    let id = '';
    answers.push(
      await timed(async () => {
        id = await cloud.probe();
      }),
    );
    await cloud.untilEnded(id);
  });
  const pickUps = cloud.metric('pick_up_latency', 'probe').slice(before);
  const mean = pickUps.reduce((sum, value) => sum + value, 0) / pickUps.length;
  return [
    { name: 'promise: API answers, slowest of 100', value: Math.max(...answers), unit: 'ms', target: 3_000 },
    { name: 'promise: pick-up, mean of 100', value: mean, unit: 'ms', target: 100 },
    { name: 'promise: pick-up, p99 of 100', value: percentile(pickUps, 99), unit: 'ms', target: 200 },
  ];
}

async function completion(cloud: MeasuredCloud): Promise<Figure[]> {
  let completed = 0;
  await repeated(100, 10, async (index) => {
    const isStory = index % 4 === 0;
    const id = isStory ? await cloud.submit('/jobs/story/generate', story(index)) : await cloud.probe();
    await cloud.untilEnded(id, 50);
    completed++;
  });
  return [{ name: 'promise: jobs completed of 100', value: completed, unit: '%', target: 99.9, more: true }];
}

async function burst(cloud: MeasuredCloud): Promise<Figure[]> {
  const answers: number[] = [];
  await repeated(50, 50, async () => answers.push(await timed(() => cloud.probe())));
  return [{ name: 'promise: 50 requests at once, p95', value: percentile(answers, 95), unit: 'ms', target: 4_500 }];
}

/** Low-priority stories are queued first and keep their consumers busy; those of normal priority come after and end first. */
async function priority(cloud: MeasuredCloud): Promise<Figure[]> {
  const low = await submitStories(cloud, 30, 2, 200);
  const high = await submitStories(cloud, 10, 5, 300);
  const ended = async (ids: readonly string[]) => {
    const jobs = await Promise.all(ids.map((id) => cloud.untilEnded(id, 100)));
    return jobs.map(({ ended_at = '' }) => Date.parse(ended_at));
  };
  const [lowEnds, highEnds] = await Promise.all([ended(low), ended(high)]);
  const lead = (percentile(lowEnds, 50) - percentile(highEnds, 50)) / 1_000;
  return [
    {
      name: 'promise: normal stories end before low ones queued first, by',
      value: lead,
      unit: 's',
      target: 0,
      more: true,
    },
  ];
}

async function submitStories(cloud: MeasuredCloud, count: number, priority: number, from: number): Promise<string[]> {
  const ids: string[] = [];
  await repeated(count, 8, async (index) => {
    ids[index] = await cloud.submit('/jobs/story/generate', { ...story(from + index), priority });
  });
  return ids;
}

/** A story of a place that no other one of the bench is about. */
function story(index: number) {
  return { location: { latitude: 30 + (index % 17), longitude: -120 + index / 8 }, preferences: { length: 'short' } };
}
