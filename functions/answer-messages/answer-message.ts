import type * as z from 'zod';
import { answerSimply } from '../../shared/assistant/answer-simply.ts';
import { type Recognized, recognizeIntent } from '../../shared/assistant/recognize-intent.ts';
import { type AsyncAnswer, ImmediateAnswer } from '../../shared/catalog/schemas/assistant.ts';
import { GenerateStoryInput, type StoredStory } from '../../shared/catalog/schemas/story.ts';
import { SubmitAnswer } from '../../shared/catalog/schemas/submit.ts';
import type { Answer } from '../../shared/domain/answer.ts';
import type { Gazetteer } from '../../shared/domain/gazetteer.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';
import type { HttpRequest } from '../../shared/runtime/http-handler.ts';
import { type LimitPorts, limitRequest } from '../../shared/runtime/owner-limits.ts';
import { wrongFields } from '../../shared/runtime/problem.ts';
import type { SubmitPorts } from '../../shared/runtime/submit-answer.ts';
import { acceptNew, answeredBefore, wrongFieldsOf } from '../../shared/runtime/submit-route.ts';
import { type KeptStoryPorts, keptStory } from './kept-story.ts';

export interface MessagePorts extends Omit<SubmitPorts, 'media' | 'pause'>, KeptStoryPorts {
  readonly gazetteer: Gazetteer;
  readonly limiting: Pick<LimitPorts, 'limits' | 'grant'>;
}

type Body = HttpRequest<'ask_assistant'>['body'];
type Immediate = z.infer<typeof ImmediateAnswer>;
type StoryInput = z.infer<typeof GenerateStoryInput>;

/**
 * Answers a message: 200 with the answer, when it is simple or asks for a story that is kept; else 202 and a job, of a story if it asks for one.
 * An answer at once makes no job and is not stored under an idempotency key; a key that stands for a job is answered with that job, whatever
 * could be said at once by now. Each message that was not answered before takes one token of its owner's bucket.
 */
export async function answerMessage(request: HttpRequest<'ask_assistant'>, ports: MessagePorts): Promise<HttpAnswer> {
  const { body } = request;
  const recognized = isForLater(body) ? undefined : recognizeIntent(body.message);
  const story = recognized?.intent === 'story' ? storyInput(body, recognized) : undefined;
  const type = story ? 'generate_story' : 'answer_traveler';
  const replay = await answeredBefore(request, ports);
  if (replay) return asynchronous(type, replay);
  // What a job would be refused for is refused whatever the message becomes.
  const wrong = wrongFieldsOf(request, body, ports);
  if (wrong.length > 0) throw wrongFields(wrong);
  const immediate = story ? await storyAtOnce(story, ports) : recognized && simpleAnswer(recognized, body, ports);
  ports.telemetry.note('message_routed', { intent: recognized?.intent, immediate: immediate !== undefined });
  if (immediate) return { status: 200, body: immediate, headers: await limited(request, ports) };
  const plan = () => ({ type, input: story ?? body }) as const;
  return asynchronous(type, await acceptNew(request, { options: body, plan }, ports));
}

function isForLater({ delay, run_at }: Body): boolean {
  return Boolean(delay) || run_at !== undefined;
}

function simpleAnswer(recognized: Recognized, body: Body, { gazetteer, now }: MessagePorts): Immediate | undefined {
  const { location, destination, preferences } = body;
  const asking = { location, destination, units: preferences.units, at: new Date(now()) };
  const answer = answerSimply(recognized, asking, gazetteer);
  return answer && immediateAnswer(recognized, answer.text, answer);
}

/** Undefined without a location: then there is no story to look for. */
function storyInput(body: Body, { length }: Recognized): StoryInput | undefined {
  const { location, interests, context, preferences } = body;
  if (!location) return undefined;
  const wanted = length === undefined ? preferences : { length, ...preferences };
  return GenerateStoryInput.parse({ location, interests, context, preferences: wanted });
}

async function storyAtOnce(input: StoryInput, ports: MessagePorts): Promise<Immediate | undefined> {
  const story = await keptStory(input, ports);
  return story && immediateAnswer({ intent: 'story' }, story.content, story, story.title);
}

function immediateAnswer(
  { intent }: Pick<Recognized, 'intent'>,
  answer: string,
  told: Pick<Answer, 'sentences' | 'facts' | 'credits'> | Pick<StoredStory, 'sentences' | 'facts' | 'credits'>,
  title?: string,
): Immediate {
  const { sentences, facts, credits } = told;
  return ImmediateAnswer.parse({ type: 'immediate', intent, title, answer, sentences, facts, credits });
}

/** A message that becomes a job pays for itself when that is accepted. */
async function limited(
  { route, owner }: HttpRequest<'ask_assistant'>,
  { limiting, ...ports }: MessagePorts,
): Promise<Readonly<Record<string, string>>> {
  return limitRequest({ route, owner }, { ...ports, ...limiting });
}

/** The type is told by the message alone, so the same one is told again. */
function asynchronous(type: z.infer<typeof AsyncAnswer>['job_type'], answer: HttpAnswer): HttpAnswer {
  return { ...answer, body: { type: 'async', job_type: type, ...SubmitAnswer.parse(answer.body) } };
}
