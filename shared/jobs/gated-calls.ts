import type { QuestionAnswerer } from '../domain/answer.ts';
import type { PaymentProvider, ReservationPartner } from '../domain/booking.ts';
import type { JourneyTeller, Speaker, StoryWriter } from '../domain/narration.ts';
import { isAsked, type RouteFinder } from '../domain/routes/route-finder.ts';
import type { UpstreamGate } from './upstream-gate.ts';

type Gate = Pick<UpstreamGate, 'call'>;

/** The writer, behind the gate of its upstream. */
export function gatedWriter(writer: StoryWriter, gate: Gate): StoryWriter {
  return { write: (...call) => gate.call('bedrock', 1, () => writer.write(...call)) };
}

/** The teller of journeys, behind the gate of the writer's upstream: it is the same model. */
export function gatedJourneyTeller(teller: JourneyTeller, gate: Gate): JourneyTeller {
  return { tell: (...call) => gate.call('bedrock', 1, () => teller.tell(...call)) };
}

/** The answerer, behind the gate of the writer's upstream: it is the same model. */
export function gatedAnswerer(answerer: QuestionAnswerer, gate: Gate): QuestionAnswerer {
  return { answer: (...call) => gate.call('bedrock', 1, () => answerer.answer(...call)) };
}

/** The speaker, behind the gate of its upstream. Each piece of a text is two calls: the audio, and when each word is spoken. */
export function gatedSpeaker(speaker: Speaker, gate: Gate): Speaker {
  return {
    speak: (text, ...rest) =>
      gate.call('polly', 2 * Math.ceil(Math.max(1, text.length) / PIECE_CHARACTERS), () =>
        speaker.speak(text, ...rest),
      ),
  };
}

/** About as much as is spoken in one piece. @see https://docs.aws.amazon.com/polly/latest/dg/limits.html */
const PIECE_CHARACTERS = 3_000;

/** The finder of ways on roads, behind its gate. */
export function gatedRouteFinder(finder: RouteFinder, gate: Gate): RouteFinder {
  return {
    microUsd: finder.microUsd,
    find: (origin, destination, signal) => {
      const find = () => finder.find(origin, destination, signal);
      return isAsked(origin, destination) ? gate.call('location', 1, find) : find();
    },
  };
}

/** The payment provider, behind its gate. */
export function gatedPayments(payments: PaymentProvider, gate: Gate): PaymentProvider {
  const pass = <T>(make: () => Promise<T>) => gate.call('stripe', 1, make);
  return {
    open: (...call) => pass(() => payments.open(...call)),
    authorize: (...call) => pass(() => payments.authorize(...call)),
    capture: (...call) => pass(() => payments.capture(...call)),
    cancel: (...call) => pass(() => payments.cancel(...call)),
    refund: (...call) => pass(() => payments.refund(...call)),
    find: (...call) => pass(() => payments.find(...call)),
    findRefund: (...call) => pass(() => payments.findRefund(...call)),
  };
}

/** The reservation partner, behind its gate. */
export function gatedPartner(partner: ReservationPartner, gate: Gate): ReservationPartner {
  const pass = <T>(make: () => Promise<T>) => gate.call('partner', 1, make);
  return {
    reserve: (...call) => pass(() => partner.reserve(...call)),
    find: (...call) => pass(() => partner.find(...call)),
    cancel: (...call) => pass(() => partner.cancel(...call)),
  };
}
