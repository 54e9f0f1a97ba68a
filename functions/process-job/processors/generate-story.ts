import { jobTypes } from '../../../shared/catalog/job-types.ts';
import type { StoredStory } from '../../../shared/catalog/schemas/story.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import type { WrittenStory } from '../../../shared/domain/narration.ts';
import { processorFor, type StepContext } from '../../../shared/jobs/processor.ts';
import { shareStory, type ToldStory } from '../../../shared/jobs/share-story.ts';
import { collectFacts } from '../../../shared/narrator/collect-facts.ts';
import { renderStory } from '../../../shared/narrator/render-story.ts';
import { type StoryRequest, storyKey, storyRequestOf } from '../../../shared/narrator/story-request.ts';
import { unitsAt } from '../../../shared/narrator/units-at.ts';
import type { ProcessorServices } from '../services.ts';
import { modelOrNarrator, narratorsOwn } from './model-or-narrator.ts';
import { narrate } from './narrate.ts';
import { storedTeller, storedTold } from './stored-told.ts';

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
    narrate: async ({ input, result, acceptedAt: at, signal, spend }) => {
      if (!result) throw new PermanentError('input_invalid', 'There is no text to narrate');
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
  const gazetteer = services.gazetteer();
  const units = request.units ?? unitsAt(request.location, gazetteer);
  const brief = { ...request, units, when: new Date(context.acceptedAt), seed: key };
  const facts = collectFacts(gazetteer, brief);
  if (facts.length === 0) throw new PermanentError('place_unknown', 'Nothing is known of this point');
  await context.progress(0.3, 'Writing');
  const { made: written, degraded } = await modelOrNarrator(
    (onUsage) => services.writer().write(brief, facts, context.signal, onUsage),
    () => ({ story: renderStory(facts, brief), ...narratorsOwn }),
    context,
  );
  return { story: stored(written), degraded };
}

function stored({ story, model, usage }: WrittenStory): StoredStory {
  const { title, content, sentences, facts, credits } = story;
  return {
    title,
    content,
    ...storedTold({ sentences, facts, credits }),
    ...storedTeller({ model, usage }),
  };
}
