import type { QueueName } from './queues.ts';

/** The folders under functions/ that are deployed. `process-job` is deployed once a queue. */
export const functions = {
  'submit-job': { purpose: 'accepts jobs from the app' },
  'answer-messages': { purpose: 'answers what travellers ask: at once if it is simple, else by a job' },
  'read-jobs': { purpose: 'answers what a job is doing; health, the OpenAPI document, and every unknown route' },
  'control-jobs': { purpose: 'cancels a job or tries a failed one again' },
  'schedule-jobs': { purpose: 'keeps the schedules of the app: makes, lists and deletes them' },
  operate: { purpose: 'operators’ actions' },
  'process-job': { purpose: 'performs one step of a job; one deployment a queue' },
  'receive-webhooks': { purpose: 'looks into what the payment provider tells' },
  'bury-job': { purpose: 'turns dead-letter messages into job records or sends them again' },
  'reconcile-jobs': {
    purpose: 'finds every job whose due time has passed and puts it right; makes the jobs of schedules',
  },
  'probe-queues': { purpose: 'sends an empty job through every queue, to measure how soon it is picked up' },
  'analyze-patterns': { purpose: 'looks for patterns in the last day of every queue, and recommends what to do' },
  remediate: { purpose: 'does the few things that need no person when an alarm fires or ends' },
  'show-dead-letters': { purpose: 'the dashboard’s widget of failed jobs, with a button to redrive them' },
} as const satisfies Record<string, { readonly purpose: string }>;

export type FunctionName = keyof typeof functions;

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functions, name);
}

/** The functions that run by themselves, and how often. A run that comes twice does no harm. */
export const schedules = {
  'reconcile-jobs': { rateMinutes: 1, does: 'Finds every job whose due time has passed' },
  'probe-queues': { rateMinutes: 1, does: 'Sends an empty job through every queue' },
  remediate: { rateMinutes: 5, does: 'Ends the pauses and raises whose time is over' },
  'analyze-patterns': { rateMinutes: 60, does: 'Looks for patterns in the last day' },
} as const satisfies Partial<Record<FunctionName, { readonly rateMinutes: number; readonly does: string }>>;

export type ScheduledFunction = keyof typeof schedules;

/** Reconciles all jobs at once after a restart of everything, if its event says so. */
export const reconciler = 'reconcile-jobs' satisfies ScheduledFunction;

/**
 * What a queue's consumer may use beside the record, the queues and the media: `narrator` is the model and the gazetteer,
 * `voice` is speech synthesis, `routes` who finds the way of a batch, `imaging` the renderer of photos, `payments` are the payment provider and the
 * reservation partner, `webhooks` is the secret that they are signed with, `messages` are push and e-mail. A demoted story or narration runs on
 * `analytics`, which therefore needs both.
 */
export const consumerNeeds: Readonly<Partial<Record<QueueName, readonly ConsumerNeed[]>>> = {
  booking: ['payments'],
  ai_generation: ['narrator'],
  voice_synthesis: ['voice'],
  image_processing: ['imaging'],
  analytics: ['narrator', 'voice', 'routes'],
  notifications: ['webhooks', 'messages'],
};

export type ConsumerNeed = 'narrator' | 'voice' | 'routes' | 'imaging' | 'payments' | 'webhooks' | 'messages';

/** The asset of consumers that need the narrator: the bundle of `process-job` with the gazetteer beside it. */
export const narratingAsset = {
  name: 'process-job-narrating',
  bundleOf: 'process-job',
  gazetteer: 'gazetteer.db',
} as const satisfies { readonly bundleOf: FunctionName; readonly name: string; readonly gazetteer: string };

/** The asset of the function that answers simple questions itself: its bundle with the gazetteer beside it. */
export const answeringAsset = {
  name: 'answer-messages',
  bundleOf: 'answer-messages',
  gazetteer: 'gazetteer.db',
} as const satisfies { readonly bundleOf: FunctionName; readonly name: FunctionName; readonly gazetteer: string };

/** The asset of the consumer of photos: the bundle, the renderer's own bundle with its native packages, and the gazetteer to name places by. */
export const imagingAsset = {
  name: 'process-job-imaging',
  bundleOf: 'process-job',
  gazetteer: 'gazetteer.db',
  renderer: 'renderer.mjs',
} as const satisfies {
  readonly bundleOf: FunctionName;
  readonly name: string;
  readonly gazetteer: string;
  readonly renderer: string;
};
