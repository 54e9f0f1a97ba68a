import type { IntentName } from './schemas/assistant.ts';

/**
 * What a message may ask that is answered within the request. A message is compared in its plain form (shared/assistant/recognize-intent.ts):
 * lower case, without apostrophes and punctuation, without a polite beginning or end. A pattern must fit the whole of it, so that whatever
 * asks for more than a row can answer fits none and goes to the model. `place` and `length` are what a pattern may take from a message.
 */
export const intents = {
  greeting: {
    meaning: 'says hello',
    examples: ['Hi', 'Hello there!', 'Good morning', 'hey'],
    patterns: [
      /^(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day))(?: (?:there|again|assistant|everyone))?$/,
    ],
  },
  thanks: {
    meaning: 'thanks for an answer',
    examples: ['Thanks', 'Thank you very much!', 'thanks a lot', 'Hey, thanks'],
    patterns: [/^(?:thanks|thank you|thx|cheers)(?: (?:so much|very much|a lot))?$/],
  },
  help: {
    meaning: 'what the assistant can do',
    examples: ['Help', 'What can you do?', 'What can I ask you?', 'Who are you?'],
    patterns: [
      /^(?:help|help me)$/,
      /^what can (?:you do|i ask|we ask)(?: you)?(?: for (?:me|us))?$/,
      /^(?:what do you do|how does this work|how do you work|who are you|what are you)$/,
    ],
  },
  where_are_we: {
    meaning: 'which place this is',
    examples: [
      'Where are we?',
      'Can you tell me where I am right now?',
      'What town is this?',
      'Which state are we in?',
      "What's this place?",
    ],
    patterns: [
      /^where (?:are we|am i|we are|i am|is this)(?: (?:now|right now|exactly|at the moment|currently|at))*$/,
      /^(?:what|which) (?:place|town|city|county|state|region|country) (?:is this|are we in|am i in)(?: (?:now|right now))?$/,
      /^(?:whats|what is) this (?:place|town|city)(?: called)?$/,
    ],
  },
  what_is_near: {
    meaning: 'which towns lie near',
    examples: ['What is nearby?', "What's around here?", 'Which towns are near us?', 'What is the nearest town?'],
    patterns: [
      /^(?:what|whats|what is|what lies) (?:near|nearby|around|close by)(?: (?:here|us|me))?$/,
      /^(?:what|which) (?:towns|cities|places|villages) (?:are|lie) (?:near|nearby|around|close by)(?: (?:here|us|me))?$/,
      /^(?:what|whats|what is|which is|where is) the (?:nearest|closest) (?:town|city|place|village)(?: to (?:here|us|me))?$/,
    ],
  },
  how_far: {
    meaning: 'how far it is, or how long still, to a named place or to the destination',
    examples: [
      'How far is it to Santa Fe?',
      'How far is Denver from here?',
      'How long will it take to get to Portland, OR?',
      'How long to Amarillo',
      'When will we be in Las Vegas?',
      'How long still?',
      'Are we there yet?',
      'When do we arrive?',
    ],
    patterns: [
      /^are we (?:nearly |almost )?there(?: yet)?$/,
      /^how (?:long|far|much longer|much further|much farther)(?: (?:is it|still|left|now|to go|is left|will it take|until we arrive|until we get there))*$/,
      /^when (?:do|will) we (?:arrive|get there|be there)$/,
      /^how (?:far|many miles|many kilometers|many kilometres)(?: (?:is it|are we|away|still|now|left))* (?:to|from|until|till) (?<place>.+)$/,
      /^how far(?: away)? is (?!it\b)(?<place>.+?)(?: from (?:here|us|me))?$/,
      /^how (?:long|much longer)(?: (?:is it|is the drive|will it take|does it take|do we need|still|left|now))* (?:to|till|until)(?: (?:get to|drive to|reach|we reach|we get to|we are in|we arrive in))? (?<place>.+)$/,
      /^when (?:do|will) we (?:arrive (?:in|at)|get to|reach|be in) (?<place>.+)$/,
    ],
  },
  local_time: {
    meaning: 'what time it is here, in a named place or at the destination',
    examples: ['What time is it?', "What's the time in Denver?", 'What time is it there?'],
    patterns: [
      /^(?:what time is it|what is the time|whats the time)(?: (?:now|right now|here))*$/,
      /^(?:what time is it|what is the time|whats the time)(?: (?:now|right now))? (?:in|at) (?<place>.+)$/,
      /^(?:what time is it|what is the time|whats the time)(?: (?:now|right now|over))? (?<place>there)$/,
    ],
  },
  sun: {
    meaning: 'when the sun rises and sets',
    examples: ['When is sunset?', 'What time does the sun rise?', 'When will the sun go down tonight?'],
    patterns: [
      /^(?:when|what time) (?:is|was) (?:the )?(?:sunset|sunrise|sundown)(?: (?:today|tonight|here))*$/,
      /^(?:when|what time) (?:does|will) the sun (?:set|rise|go down|come up)(?: (?:today|tonight|here))*$/,
    ],
  },
  story: {
    meaning: 'a story about this place; told at once if it is kept',
    examples: [
      'Tell me a story',
      'Tell us a short story about this place, please',
      'Can you tell us a story about here?',
      'I want to hear a story',
    ],
    patterns: [
      /^(?:(?:tell|read|give) (?:me |us )?)?a (?:(?<length>short|long) )?story(?: (?:about|of) (?:this place|this town|this area|here|where we are))?$/,
      /^(?:i|we) (?:want|would like) (?:to hear )?a (?:(?<length>short|long) )?story(?: about (?:this place|this town|this area|here|where we are))?$/,
    ],
  },
} as const satisfies Record<IntentName, Intent>;

/** A longer message asks for more than a row can answer, characters. */
export const longestSimpleMessage = 120;

/** How long a message is looked at within the request before it becomes a job, milliseconds. */
export const immediateMilliseconds = 2_500;

interface Intent {
  /** Completes "The message asks …". */
  readonly meaning: string;
  /** Messages that fit the row; the first one is offered to whoever asks for help. */
  readonly examples: readonly [string, ...string[]];
  /** The plain form of a message fits one of them from beginning to end. */
  readonly patterns: readonly RegExp[];
}
