import { intents } from '../catalog/intents.ts';
import { type IntentName, intentNames } from '../catalog/schemas/assistant.ts';
import type { Answer } from '../domain/answer.ts';
import type { Gazetteer } from '../domain/gazetteer.ts';
import { type Asking, sceneOf } from './asking.ts';
import { howFar } from './how-far.ts';
import { localTime } from './local-time.ts';
import type { Recognized } from './recognize-intent.ts';
import { answerOf, remark, type Said, whereUnknown } from './said.ts';
import { sunTimes } from './sun-times.ts';
import { whatIsNear } from './what-is-near.ts';
import { whereAreWe } from './where-are-we.ts';

/** An answer without the model. Undefined when the question turns out not to be simple: what it names as a place is none that is known. */
export function answerSimply(recognized: Recognized, asking: Asking, gazetteer: Gazetteer): Answer | undefined {
  const said = answers[recognized.intent](recognized, asking, gazetteer);
  return said && answerOf(said);
}

type Answering = (recognized: Recognized, asking: Asking, gazetteer: Gazetteer) => readonly Said[] | undefined;

const answers: Readonly<Record<IntentName, Answering>> = {
  greeting: () => [remark(`Hello! ${offer}`)],
  thanks: () => [remark('You are welcome.')],
  help: () => [
    remark(offer),
    remark(
      'Any other question is answered by a language model from what is known of the places around you; that takes some seconds.',
    ),
  ],
  where_are_we: (_, asking, gazetteer) => here(asking, gazetteer, whereAreWe),
  what_is_near: (_, asking, gazetteer) => here(asking, gazetteer, whatIsNear),
  how_far: howFar,
  local_time: localTime,
  sun: (_, asking, gazetteer) => here(asking, gazetteer, sunTimes),
  // A story that is kept is told before anyone asks here.
  story: (_, { location }) => (location ? undefined : [whereUnknown]),
};

function here(
  asking: Asking,
  gazetteer: Gazetteer,
  answer: (scene: NonNullable<ReturnType<typeof sceneOf>>) => readonly Said[],
): readonly Said[] {
  const scene = sceneOf(asking, gazetteer);
  return scene ? answer(scene) : [whereUnknown];
}

const smallTalk: readonly IntentName[] = ['greeting', 'thanks', 'help'];

const offered = intentNames.filter((name) => !smallTalk.includes(name)).map((name) => `“${intents[name].examples[0]}”`);

const offer = `Ask me, for example: ${offered.join(', ')}.`;
