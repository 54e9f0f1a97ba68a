import { questionFacts } from '../../../shared/assistant/question-facts.ts';
import { type InputOf, jobTypes } from '../../../shared/catalog/job-types.ts';
import type { Question } from '../../../shared/domain/answer.ts';
import type { Gazetteer } from '../../../shared/domain/gazetteer.ts';
import { processorFor } from '../../../shared/jobs/processor.ts';
import { answerFromFacts } from '../../../shared/narrator/answer-from-facts.ts';
import { unitsAt } from '../../../shared/narrator/units-at.ts';
import type { ProcessorServices } from '../services.ts';
import { modelOrNarrator, narratorsOwn } from './model-or-narrator.ts';
import { storedTeller, storedTold } from './stored-told.ts';

const modelAway = 'The assistant cannot think about this right now. This is what is known of the places you ask from.';

/** Answers what a traveller asks, from what is known of where they are and of where they go. */
export function answerTraveler({ gazetteer, answerer }: Pick<ProcessorServices, 'gazetteer' | 'answerer'>) {
  return processorFor(jobTypes.answer_traveler, {
    answer: async (context) => {
      const { input, acceptedAt, signal, progress } = context;
      const { location, destination, preferences } = input;
      const facts = questionFacts(
        { location, destination, units: preferences.units, at: new Date(acceptedAt) },
        gazetteer(),
      );
      await progress(0.3, 'Thinking');
      const { made, degraded } = await modelOrNarrator(
        (onUsage) => answerer().answer(questionOf(input, gazetteer()), facts, signal, onUsage),
        () => ({ answer: answerFromFacts(input.message, facts, modelAway), ...narratorsOwn }),
        context,
      );
      const result = { answer: made.answer.text, ...storedTold(made.answer), ...storedTeller(made) };
      return { result, ...(degraded && { degraded: ['model'] }) };
    },
  });
}

function questionOf({ message, location, preferences }: InputOf<'answer_traveler'>, gazetteer: Gazetteer): Question {
  const { units = location ? unitsAt(location, gazetteer) : 'metric', language } = preferences;
  return { message, units, ...(language !== undefined && { language }) };
}
