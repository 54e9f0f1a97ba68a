import { jobTypes } from '../../../shared/catalog/job-types.ts';
import type { StoredStory } from '../../../shared/catalog/schemas/story.ts';
import { modelCost } from '../../../shared/domain/cost.ts';
import { JobError, PermanentError } from '../../../shared/domain/errors.ts';
import type { Gazetteer } from '../../../shared/domain/gazetteer.ts';
import type { Point } from '../../../shared/domain/geodesy.ts';
import type { ModelUsage, WrittenStory } from '../../../shared/domain/narration.ts';
import type { Fact, StoryBrief } from '../../../shared/domain/story.ts';
import { processorFor, type StepContext } from '../../../shared/jobs/processor.ts';
import { shareStory, type ToldStory } from '../../../shared/jobs/share-story.ts';
import { collectFacts } from '../../../shared/narrator/collect-facts.ts';
import { renderStory } from '../../../shared/narrator/render-story.ts';
import { type StoryRequest, storyKey, storyRequestOf } from '../../../shared/narrator/story-request.ts';
import type { ProcessorServices } from '../services.ts';
import { narrate } from './narrate.ts';

/** Where road signs count miles. */
const milesCountries: readonly string[] = ['US', 'GB', 'LR', 'MM'];

/** Writes a story about a place, then narrates it. */
export function generateStory(services: ProcessorServices) {
  return processorFor(jobTypes.generate_story, {
    write: async (context) => {
      const sharing = services.sharing();
      const { input, acceptedAt, jobId, lastChance } = context;
      const request = storyRequestOf(input);
      const key = storyKey(request, new Date(acceptedAt), sharing.model);
      const told = await shareStory(
        { key, holder: jobId, mayWait: !lastChance },
        () => tell(request, key, context, services),
        sharing,
      );
      return { result: told.story, ...(told.degraded && { degraded: ['model'] }) };
    },
    narrate: async ({ input, result, acceptedAt: at, signal, progress, spend }) => {
      if (!result) throw new PermanentError('input_invalid', 'There is no text to narrate');
      await progress(0.1, 'Narrating');
      const { speech } = await narrate(result.content, input.voice_personality, services, { at, signal, spend });
      return { result: { ...result, ...speech } };
    },
  });
}

async function tell(
  request: StoryRequest,
  key: string,
  context: StepContext<unknown, unknown>,
  services: ProcessorServices,
): Promise<ToldStory> {
  await context.progress(0.1, 'Looking around');
  const gazetteer = services.gazetteer();
  const units = request.units ?? unitsAt(request.location, gazetteer);
  const brief = { ...request, units, when: new Date(context.acceptedAt), seed: key };
  const facts = collectFacts(gazetteer, brief);
  if (facts.length === 0) throw new PermanentError('place_unknown', 'Nothing is known of this point');
  await context.progress(0.3, 'Writing');
  const { written, degraded } = await writeOrTell(brief, facts, context, services);
  return { story: stored(written), degraded };
}

/**
 * The model's story; the embedded narrator's when the model is out of reach and no further attempt would be in time. A model that answers
 * but refuses, or does not finish, is not replaced: the job fails and says so.
 */
async function writeOrTell(
  brief: StoryBrief,
  facts: readonly Fact[],
  { signal, lastChance, spend }: Pick<StepContext<unknown, unknown>, 'signal' | 'lastChance' | 'spend'>,
  { writer }: ProcessorServices,
): Promise<{ written: WrittenStory; degraded: boolean }> {
  try {
    const onUsage = (usage: ModelUsage) => spend(modelCost(usage));
    return { written: await writer().write(brief, facts, signal, onUsage), degraded: false };
  } catch (error) {
    if (signal.aborted || !isOutOfReach(error, lastChance)) throw error;
    const usage = { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 };
    return { written: { story: renderStory(facts, brief), model: 'narrator', usage }, degraded: true };
  }
}

function isOutOfReach(error: unknown, lastChance: boolean): boolean {
  if (!(error instanceof JobError)) return false;
  if (error.code === 'model_misconfigured') return true;
  return lastChance && (error.code === 'model_unavailable' || error.code === 'throttled');
}

function unitsAt(point: Point, gazetteer: Gazetteer): StoryBrief['units'] {
  const [nearest] = gazetteer.near(point, 500, { limit: 1 });
  return nearest && milesCountries.includes(nearest.place.countryCode) ? 'imperial' : 'metric';
}

function stored({ story, model, usage }: WrittenStory): StoredStory {
  const { title, content, sentences, facts, credits } = story;
  return {
    title,
    content,
    sentences: sentences.map(({ text, facts: ids }) => ({ text, facts: [...ids] })),
    facts: facts.map(({ id, text, source }) => ({ id, text, source })),
    credits: [...credits],
    model,
    usage: {
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cost_micro_usd: usage.costMicroUsd,
    },
  };
}
