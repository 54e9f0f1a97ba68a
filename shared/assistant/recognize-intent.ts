import { intents, longestSimpleMessage } from '../catalog/intents.ts';
import { type IntentName, intentNames } from '../catalog/schemas/assistant.ts';

/** What a message asks, and what it names. */
export interface Recognized {
  readonly intent: IntentName;
  /** A place as the traveller said it, in lower case; undefined when the message names none. */
  readonly place?: string;
  /** Whether it says "there", which is the destination. */
  readonly isThere?: true;
  readonly length?: 'short' | 'long';
}

/**
 * The row of the table of intents that the whole message fits; undefined for any other message, however much it looks like one: those are
 * the model's. The text is compared and never obeyed.
 */
export function recognizeIntent(message: string): Recognized | undefined {
  if (message.length > longestSimpleMessage) return undefined;
  for (let text = plainForm(message); text !== ''; text = withoutLeadIn(text)) {
    const recognized = firstFit(text.replace(afterthought, '')) ?? firstFit(text);
    if (recognized) return recognized;
    if (!leadIn.test(text)) return undefined;
  }
  return undefined;
}

function firstFit(text: string): Recognized | undefined {
  for (const intent of intentNames) {
    for (const pattern of intents[intent].patterns) {
      const fit = pattern.exec(text);
      if (fit) return { intent, ...takenFrom(fit.groups) };
    }
  }
  return undefined;
}

function takenFrom(groups: Readonly<Record<string, string | undefined>> = {}): Omit<Recognized, 'intent'> {
  const { place, length } = groups;
  return {
    ...(place !== undefined && (place === 'there' ? { isThere: true } : { place })),
    ...((length === 'short' || length === 'long') && { length }),
  };
}

/** One spelling for all that is said alike: `What's the time?` and `whats the time`. */
function plainForm(message: string): string {
  return message
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’‘`´]/g, '')
    .replaceAll(/[\s.,;:!?…"“”¿¡-]+/g, ' ')
    .trim();
}

const leadIn =
  /^(?:hi|hello|hey|ok|okay|so|and|please|sorry|excuse me|assistant|(?:can|could|would) you(?: please)? tell (?:me|us)|can you|could you|do you know|tell (?:me|us)) (?=.)/;

function withoutLeadIn(text: string): string {
  return text.replace(leadIn, '');
}

const afterthought = /(?: (?:please|right now|now|today|by car|from here|then))+$/;
