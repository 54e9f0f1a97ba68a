import { type InputOf, jobTypes } from '../../../shared/catalog/job-types.ts';
import type { PlannedRoute, StoredPregeneration } from '../../../shared/catalog/schemas/batch.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import { childId } from '../../../shared/jobs/child-id.ts';
import { type PlannedChildren, processorFor, type StepContext } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';
import { planRoutes } from './plan-routes.ts';

type Input = InputOf<'pregenerate_stories'>;
type Context = StepContext<Input, unknown>;

/** Plans the stories along some routes, has each written as a job of its own, and counts them once all have ended. */
export function pregenerateStories({ gazetteer, routes }: Pick<ProcessorServices, 'gazetteer' | 'routes'>) {
  const planned = async (attempt: Pick<Context, 'input' | 'signal' | 'spend'>) =>
    planRoutes(attempt.input.routes, { gazetteer: gazetteer(), finder: await routes() }, attempt);
  return processorFor(jobTypes.pregenerate_stories, {
    fan_out: async ({ jobId, input, result, signal, spend }) => {
      const plan = result ?? planOf(await planned({ input, signal, spend }), input, jobId);
      return { result: plan, children: childrenOf(plan, input) };
    },
    join: async ({ result, counts }) => {
      if (!result || !counts) throw new PermanentError('input_invalid', 'There are no stories to count');
      return { result: { ...result, counts } };
    },
  });
}

/** One story for each theme at each way point, in the order of the routes; without themes one story a way point. */
function planOf(routes: PlannedRoute[], { themes }: Input, batchId: string): StoredPregeneration {
  const distinct = themes.length > 0 ? [...new Set(themes)] : [undefined];
  const asked = routes.flatMap(({ way_points }, route) =>
    way_points.flatMap(({ name: place }, way_point) =>
      distinct.map((theme) => ({ route, way_point, place, ...(theme !== undefined && { theme }) })),
    ),
  );
  return { routes, stories: asked.map((story, index) => ({ job_id: childId(batchId, index), ...story })) };
}

/** A route without a way counts as one child that has failed; those come after the stories. */
function childrenOf({ routes, stories }: StoredPregeneration, input: Input): PlannedChildren {
  const lost = routes.filter(({ problem }) => problem !== undefined).length;
  return {
    total: stories.length + lost,
    failed: Array.from({ length: lost }, (_, index) => stories.length + index),
    jobs: stories.map((story, index) => ({ index, type: 'generate_story', input: storyInput(story, routes, input) })),
  };
}

function storyInput(
  { route, way_point, place, theme }: StoredPregeneration['stories'][number],
  routes: readonly PlannedRoute[],
  { interests, preferences, include_voice, voice_personality }: Input,
): unknown {
  const point = routes[route]?.way_points[way_point];
  return {
    location: { latitude: point?.latitude, longitude: point?.longitude, name: place },
    interests,
    context: theme === undefined ? {} : { theme },
    preferences,
    include_voice,
    voice_personality,
  };
}
