import { type InputOf, jobTypes } from '../../../shared/catalog/job-types.ts';
import type { StoredHighlights } from '../../../shared/catalog/schemas/highlights.ts';
import { PermanentError } from '../../../shared/domain/errors.ts';
import type { WrittenStory } from '../../../shared/domain/narration.ts';
import { processorFor, type StepContext } from '../../../shared/jobs/processor.ts';
import { journeyFacts } from '../../../shared/narrator/journey/journey-facts.ts';
import { journeyHighlights } from '../../../shared/narrator/journey/journey-highlights.ts';
import { renderJourney } from '../../../shared/narrator/journey/render-journey.ts';
import type { ProcessorServices } from '../services.ts';
import { gatherJourney } from './gather-journey.ts';
import { journeyOf } from './journey-of.ts';
import { modelOrNarrator, narratorsOwn } from './model-or-narrator.ts';
import { narrate } from './narrate.ts';
import { storedStatistics, storedStops } from './stored-journey.ts';
import { storedTeller, storedTold } from './stored-told.ts';

type Services = Pick<ProcessorServices, 'gazetteer' | 'journeyTeller' | 'jobs' | 'media' | 'speaker' | 'now'>;
type Context = StepContext<InputOf<'generate_highlights'>, unknown>;

/** Looks back at a journey: gathers what its stories and photos made, computes its figures, tells of it, then narrates that. */
export function generateHighlights(services: Services) {
  return processorFor(jobTypes.generate_highlights, {
    tell: async (context) => tell(context, services),
    narrate: async ({ input, result, acceptedAt: at, signal, spend }) => {
      if (!result) throw new PermanentError('input_invalid', 'There is no text to narrate');
      const { speech } = await narrate(result.content, input.voice_personality, services, { at, signal, spend });
      return { result: { ...result, ...speech } };
    },
  });
}

async function tell(context: Context, services: Services) {
  const { input, jobId, signal } = context;
  await context.progress(0.1, 'Gathering the stories and photos');
  const gathered = await gatherJourney(context, services);
  const { journey, units: local } = journeyOf(gathered, services.gazetteer());
  const facts = journeyFacts(journey);
  const brief = { length: input.preferences.length ?? 'medium', units: input.preferences.units ?? local, seed: jobId };
  await context.progress(0.4, 'Looking back');
  const { made, degraded } = await modelOrNarrator(
    (onUsage) => services.journeyTeller().tell(brief, facts, signal, onUsage),
    () => ({ story: renderJourney(facts, brief), ...narratorsOwn }),
    context,
  );
  const result: StoredHighlights = {
    ...told(
      made,
      gathered.stories.flatMap(({ story }) => story.credits),
    ),
    statistics: storedStatistics(journey),
    stops: storedStops(journey.stops),
    highlights: journeyHighlights(journey, facts),
    left_out: [...gathered.leftOut],
  };
  return { result, ...(degraded && { degraded: ['model' as const] }) };
}

/** What the stories owe credit to is owed again. */
function told({ story, model, usage }: WrittenStory, credits: readonly string[]) {
  const { title, content, sentences, facts } = story;
  const all = [...new Set([...story.credits, ...credits])];
  return { title, content, ...storedTold({ sentences, facts, credits: all }), ...storedTeller({ model, usage }) };
}
