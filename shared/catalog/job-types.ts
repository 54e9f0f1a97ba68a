import * as z from 'zod';
import { type QueueName, queues } from './queues.ts';
import { AnswerTravelerInput, StoredAnswer } from './schemas/assistant.ts';
import { PregenerateStoriesInput, StoredPregeneration } from './schemas/batch.ts';
import {
  CancelReservationInput,
  ProcessReservationInput,
  StoredCancellation,
  StoredReservation,
} from './schemas/booking.ts';
import { GenerateHighlightsInput, StoredHighlights } from './schemas/highlights.ts';
import { ProcessImageInput, StoredImage } from './schemas/image.ts';
import { SendNotificationInput, StoredNotification } from './schemas/notification.ts';
import { GenerateStoryInput, StoredNarration, StoredStory, SynthesizeVoiceInput } from './schemas/story.ts';
import { DeliverWebhookInput, StoredDelivery } from './schemas/webhook.ts';
import { deliveryRetrySeconds, longestDeliverySeconds } from './webhooks.ts';

/**
 * Every kind of work. To add one: a row here, a processor in functions/process-job/processors/, and the line in its registry
 * that the compiler then demands (docs/adding-a-job-type.md). Steps run in the order written.
 */
export const jobTypes = {
  generate_story: {
    input: GenerateStoryInput,
    result: StoredStory,
    steps: {
      write: {
        queue: 'ai_generation',
        demotable: true,
        failuresAllowed: 4,
        firstRetrySeconds: 2,
        estimateSeconds: 12,
        message: 'Writing',
      },
      narrate: {
        queue: 'voice_synthesis',
        demotable: true,
        failuresAllowed: 5,
        firstRetrySeconds: 2,
        estimateSeconds: 18,
        message: 'Narrating',
        onlyIf: 'include_voice',
        degrades: 'voice',
      },
    },
  },
  synthesize_voice: {
    input: SynthesizeVoiceInput,
    result: StoredNarration,
    steps: {
      narrate: {
        queue: 'voice_synthesis',
        demotable: true,
        failuresAllowed: 5,
        firstRetrySeconds: 2,
        estimateSeconds: 15,
        message: 'Narrating',
      },
    },
  },
  process_image: {
    input: ProcessImageInput,
    result: StoredImage,
    steps: {
      process: {
        queue: 'image_processing',
        demotable: false,
        failuresAllowed: 3,
        firstRetrySeconds: 2,
        estimateSeconds: 4,
        message: 'Processing the photo',
      },
    },
  },
  answer_traveler: {
    input: AnswerTravelerInput,
    result: StoredAnswer,
    steps: {
      answer: {
        queue: 'ai_generation',
        demotable: false,
        failuresAllowed: 4,
        firstRetrySeconds: 2,
        estimateSeconds: 8,
        message: 'Thinking',
      },
    },
  },
  pregenerate_stories: {
    input: PregenerateStoriesInput,
    result: StoredPregeneration,
    steps: {
      fan_out: {
        queue: 'analytics',
        demotable: false,
        failuresAllowed: 4,
        firstRetrySeconds: 2,
        estimateSeconds: 5,
        message: 'Planning the stories',
      },
      join: {
        queue: 'analytics',
        demotable: false,
        failuresAllowed: 4,
        firstRetrySeconds: 2,
        estimateSeconds: 1,
        message: 'Counting the stories',
      },
    },
  },
  generate_highlights: {
    input: GenerateHighlightsInput,
    result: StoredHighlights,
    steps: {
      tell: {
        queue: 'ai_generation',
        demotable: true,
        failuresAllowed: 4,
        firstRetrySeconds: 2,
        estimateSeconds: 12,
        message: 'Looking back at the journey',
      },
      narrate: {
        queue: 'voice_synthesis',
        demotable: true,
        failuresAllowed: 5,
        firstRetrySeconds: 2,
        estimateSeconds: 18,
        message: 'Narrating',
        onlyIf: 'include_voice',
        degrades: 'voice',
      },
    },
  },
  deliver_webhook: {
    input: DeliverWebhookInput,
    result: StoredDelivery,
    steps: {
      deliver: {
        queue: 'notifications',
        demotable: false,
        failuresAllowed: deliveryRetrySeconds.length + 1,
        firstRetrySeconds: deliveryRetrySeconds[0],
        retrySeconds: deliveryRetrySeconds,
        waitLimitSeconds: longestDeliverySeconds,
        estimateSeconds: 1,
        message: 'Delivering',
      },
    },
  },
  process_reservation: {
    input: ProcessReservationInput,
    result: StoredReservation,
    undoes: true,
    notifies: true,
    steps: {
      book: {
        queue: 'booking',
        demotable: false,
        failuresAllowed: 5,
        firstRetrySeconds: 2,
        estimateSeconds: 8,
        message: 'Booking',
      },
    },
  },
  cancel_reservation: {
    input: CancelReservationInput,
    result: StoredCancellation,
    steps: {
      cancel: {
        queue: 'booking',
        demotable: false,
        failuresAllowed: 5,
        firstRetrySeconds: 2,
        estimateSeconds: 5,
        message: 'Cancelling the booking',
      },
    },
  },
  send_notification: {
    input: SendNotificationInput,
    result: StoredNotification,
    steps: {
      send: {
        queue: 'notifications',
        demotable: false,
        failuresAllowed: 5,
        firstRetrySeconds: 2,
        estimateSeconds: 1,
        message: 'Sending',
      },
    },
  },
  probe: {
    input: z.object({}),
    result: z.object({}).meta({ examples: [{}] }),
    steps: {
      answer: {
        queue: 'default',
        demotable: false,
        failuresAllowed: 1,
        firstRetrySeconds: 1,
        estimateSeconds: 1,
        message: 'Answering',
      },
    },
  },
} as const satisfies Record<string, JobTypeDefinition>;

export type JobType = keyof typeof jobTypes;
export type InputOf<T extends JobType> = z.infer<(typeof jobTypes)[T]['input']>;
export type ResultOf<T extends JobType> = z.infer<(typeof jobTypes)[T]['result']>;

export const jobTypeNames = Object.keys(jobTypes).filter(isJobType);

export function isJobType(name: string): name is JobType {
  return Object.hasOwn(jobTypes, name);
}

/** Job types whose completion sends a notification. */
export type NotifyingType = {
  [T in JobType]: (typeof jobTypes)[T] extends { readonly notifies: true } ? T : never;
}[JobType];

/** Whether the completion of such a job sends a notification. */
export function notifies(type: JobType): type is NotifyingType {
  return 'notifies' in jobTypes[type];
}

/** The definition of one step, or undefined when the type has no such step. */
export function stepOf(type: JobType, step: string): StepDefinition | undefined {
  const steps: Readonly<Record<string, StepDefinition>> = jobTypes[type].steps;
  return steps[step];
}

/** The steps of the type in their order, optional ones included. */
export function stepNames(type: JobType): readonly string[] {
  return Object.keys(jobTypes[type].steps);
}

/** How long the step may wait for its attempts on the queue, in all, seconds. */
export function waitLimitSeconds(type: JobType, step: string, queue: QueueName): number {
  return stepOf(type, step)?.waitLimitSeconds ?? queues[queue].waitLimitSeconds;
}

/** The longest wait between two attempts at one step, seconds, unless the step has a list of its own. */
export const longestRetrySeconds = 300;

/**
 * The step in which a job takes back what it did, before it ends otherwise than completed. It runs on the queue where the job gave up, and is
 * tried until it succeeds: what was done in a traveller's name is not left half done.
 */
export const undoStep = { name: 'undo', firstRetrySeconds: 2, message: 'Taking back what was done' } as const;

export interface StepDefinition {
  readonly queue: QueueName;
  /** Whether a submit with priority 3 or less moves this step to `analytics`. */
  readonly demotable: boolean;
  /** Failures that count, after which the job fails. Throttling does not count. */
  readonly failuresAllowed: number;
  /** Upper bound of the first retry's wait; it doubles with each failure, with full jitter. */
  readonly firstRetrySeconds: number;
  /** The wait after each failure, in place of the doubling; for one more failure than there are waits, the last. */
  readonly retrySeconds?: readonly number[];
  /** How long it may wait for its attempts in all. @default its queue's */
  readonly waitLimitSeconds?: number;
  readonly estimateSeconds: number;
  /** The step is left out unless this field of the input is true. */
  readonly onlyIf?: string;
  /** What the traveller reads while the step runs. */
  readonly message: string;
  /** When this step fails for good and a result exists, the job completes without it and says so in `degraded`. */
  readonly degrades?: Degradation;
}

/** What a completed job may lack: `voice` has no narration, `model` was told by the embedded narrator. */
export const degradations = ['model', 'voice'] as const;

export type Degradation = (typeof degradations)[number];

interface JobTypeDefinition {
  readonly input: z.ZodType;
  readonly result: z.ZodObject;
  readonly steps: Readonly<Record<string, StepDefinition>>;
  /** Whether the job does what must be taken back if it does not complete; its processor then has a function `undo` too. */
  readonly undoes?: true;
  /** Whether a completed one tells the traveller by a send_notification job; what it says is in shared/jobs/notices.ts. */
  readonly notifies?: true;
}
