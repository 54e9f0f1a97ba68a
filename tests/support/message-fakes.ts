import type {
  CollapseKey,
  CollapseKeys,
  Mail,
  Mailer,
  PushMessage,
  PushSender,
  SendAnswer,
} from '../../shared/domain/notification.ts';

/** A mail and a push service that answer as the test says, one recipient after the other's script, and remember what they have taken. */
export class FakeMessages implements CollapseKeys {
  /** Targets of what was handed over, in order. */
  readonly taken: string[] = [];
  readonly asked: (Mail | PushMessage)[] = [];
  readonly #answers = new Map<string, (SendAnswer | 'dies')[]>();
  readonly #newest = new Map<string, string>();

  /** The next answers for a target; afterwards everything is sent. `dies`: taken, and the worker hears nothing. */
  script(target: string, ...answers: readonly (SendAnswer | 'dies')[]): void {
    this.#answers.set(target, [...answers]);
  }

  readonly push: PushSender = { send: async (message, signal) => this.#send(message.endpoint, message, signal) };
  readonly mailer: Mailer = { send: async (mail, signal) => this.#send(mail.address, mail, signal) };

  async take({ owner, target, key }: CollapseKey, order: string): Promise<boolean> {
    const name = JSON.stringify([owner, target, key]);
    if ((this.#newest.get(name) ?? '') > order) return false;
    this.#newest.set(name, order);
    return true;
  }

  #send(target: string, message: Mail | PushMessage, signal: AbortSignal): SendAnswer {
    signal.throwIfAborted();
    this.asked.push(message);
    const answer = this.#answers.get(target)?.shift() ?? { status: 'sent', message_id: `id of ${target}` };
    if (answer === 'dies' || answer.status === 'sent' || answer.status === 'unconfirmed') this.taken.push(target);
    if (answer === 'dies') throw new Error('the worker dies');
    return answer;
  }
}
