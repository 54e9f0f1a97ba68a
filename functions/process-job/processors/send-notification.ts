import { type InputOf, jobTypes } from '../../../shared/catalog/job-types.ts';
import { type Recipient, RecipientOutcome, targetOf } from '../../../shared/catalog/schemas/notification.ts';
import {
  type JobError,
  PermanentError,
  PostponedError,
  ThrottledError,
  TransientError,
} from '../../../shared/domain/errors.ts';
import type { NotNow, SendAnswer } from '../../../shared/domain/notification.ts';
import { quietUntil } from '../../../shared/domain/quiet-hours.ts';
import { processorFor, type StepContext } from '../../../shared/jobs/processor.ts';
import type { ProcessorServices } from '../services.ts';

type Services = Pick<ProcessorServices, 'push' | 'mailer' | 'collapseKeys' | 'now'>;
type Input = InputOf<'send_notification'>;
type Context = Pick<
  StepContext<Input, unknown>,
  'jobId' | 'owner' | 'input' | 'once' | 'hasBegun' | 'signal' | 'deadline'
>;

/** How one recipient stands after this attempt: an outcome for good, or why there is none yet. */
type Standing = RecipientOutcome | NotNow | { readonly status: 'asleep'; readonly until: number };

/**
 * Sends one message to each recipient, every one an effect of its own: what came of one neither repeats nor loses the others. A message that
 * was handed over and not confirmed counts as handed over, because SNS and SES know no key by which a second one would be recognised.
 */
export function sendNotification(services: Services) {
  return processorFor(jobTypes.send_notification, {
    send: async (context) => {
      const standings: Standing[] = [];
      for (const [index, recipient] of context.input.recipients.entries()) {
        standings.push(await reach(recipient, `recipient:${index}`, context, services));
      }
      const outcomes = outcomesOf(standings, context.lastChance);
      const recipients = context.input.recipients.map(({ channel }, index) => ({
        channel,
        ...(outcomes[index] ?? { status: 'failed' as const }),
      }));
      return { result: { sent: recipients.filter(({ status }) => status === 'sent').length, recipients } };
    },
  });
}

/** An attempt at one recipient, unless there is an outcome already, or a reason not to send now. */
async function reach(recipient: Recipient, name: string, context: Context, services: Services): Promise<Standing> {
  const objection = context.hasBegun(name) ? undefined : await objectionTo(recipient, context, services);
  if (objection) return objection;
  let notNow: NotNow | undefined;
  try {
    return await context.once(name, {
      outcome: RecipientOutcome,
      onUnknown: { assume: { status: 'unconfirmed' } },
      act: async () => {
        const answer = await handOver(recipient, context, services);
        if (answer.status !== 'not_now') return answer;
        notNow = answer;
        throw new PermanentError('notification_unavailable', `Not taken: ${answer.reason}`);
      },
    });
  } catch (error) {
    if (error instanceof PermanentError && notNow) return notNow;
    throw error;
  }
}

/** A newer notification takes the place of this one even while either waits for the end of quiet hours. */
async function objectionTo(recipient: Recipient, context: Context, services: Services): Promise<Standing | undefined> {
  const { jobId, owner, deadline, input } = context;
  const now = services.now();
  if (input.collapse_key !== undefined) {
    const key = { owner, target: targetOf(recipient), key: input.collapse_key };
    if (!(await services.collapseKeys().take(key, jobId, now))) return { status: 'replaced' };
  }
  const until = input.urgent || !recipient.quiet_hours ? undefined : quietUntil(recipient.quiet_hours, now);
  if (until === undefined) return undefined;
  return until < (deadline ?? Number.POSITIVE_INFINITY) ? { status: 'asleep', until } : { status: 'quiet' };
}

function handOver(recipient: Recipient, { input, signal }: Context, { push, mailer }: Services): Promise<SendAnswer> {
  const { title, body, data = {}, topic, collapse_key: collapseKey } = input;
  if (recipient.channel === 'push') {
    return push().send({ endpoint: recipient.endpoint, title, body, data, collapseKey }, signal);
  }
  return mailer().send({ address: targetOf(recipient), subject: title, body, topic }, signal);
}

/**
 * The outcomes, once nothing more can be done for anybody. Throws while something can; also when nobody could be asked at all, so that the job
 * dies where an operator sees it and can try it again.
 */
function outcomesOf(standings: readonly Standing[], lastChance: boolean): readonly RecipientOutcome[] {
  const notNow = standings.filter((standing) => standing.status === 'not_now');
  const asleep = standings.filter((standing) => standing.status === 'asleep');
  if (notNow.length > 0 && (!lastChance || notNow.length === standings.length)) throw errorOf(notNow);
  if (asleep.length > 0) throw new PostponedError(Math.min(...asleep.map(({ until }) => until)));
  return standings.flatMap((standing) => {
    if (standing.status === 'asleep') return [];
    return [standing.status === 'not_now' ? { status: 'failed', reason: standing.reason } : standing];
  });
}

function errorOf(notNow: readonly NotNow[]): JobError {
  const message = `Not taken: ${[...new Set(notNow.map(({ exception = 'unknown' }) => exception))].join(', ')}`;
  const reasons = new Set(notNow.map(({ reason }) => reason));
  if (reasons.has('misconfigured')) return new TransientError('notification_misconfigured', message);
  if (reasons.has('unavailable')) return new TransientError('notification_unavailable', message);
  const wishes = notNow.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
  return new ThrottledError(message, wishes.length > 0 ? { retryAfterSeconds: Math.max(...wishes) } : {});
}
