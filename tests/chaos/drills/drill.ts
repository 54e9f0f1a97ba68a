import type { FaultKit } from '../../../infra/local/faults/fault-kit.ts';
import type { AlarmName } from '../../../shared/catalog/alarms.ts';
import type { QueueName } from '../../../shared/catalog/queues.ts';
import type { JobDocument } from '../../support/api-client.ts';

/** Something that goes wrong on purpose, the alarm that must tell of it, and what mends it. */
export interface Drill {
  /** What is broken, in one sentence. */
  readonly breaks: string;
  /** The alarm that is expected, on this queue. */
  readonly alarm: AlarmName;
  readonly queue: QueueName;
  /** Jobs are submitted one after the other while the fault lasts. */
  readonly work: { readonly everyMs: number; readonly atMost: number };
  /** For faults that need many deliveries: how soon SQS hands out again what was not deleted from the queue. */
  readonly redeliverySeconds?: number;
  /** Submits one job and answers its id. */
  submit(scene: DrillScene): Promise<string>;
  /** Breaks it. */
  inflict(scene: DrillScene): Promise<Fault>;
}

export interface Fault {
  /** What was done, as it was seen to be done. */
  readonly what: string;
  /** Jobs that were submitted to feel it, before all others. */
  readonly jobs?: readonly string[];
  /** How a job is seen to feel it; undefined as long as it does not. */
  felt(job: JobDocument): string | undefined;
  /** Who mends it and how far that has come; undefined as long as nothing is to be seen of it. Asked again and again once the page is out. */
  remedy(): Promise<Remedy | undefined>;
  /** Ends the fault, where the remedy has not, and says how. */
  lift?(): string;
  /** What must still happen by itself after the alarm is over; undefined as long as it has not. */
  aftermath?(): Promise<Remedy | undefined>;
}

/** What was done against the trouble, by whom, and the record that tells of it. */
export interface Remedy {
  readonly by: 'the service' | 'the operator';
  readonly done: string;
  /** As it was logged; none for what is only looked at. */
  readonly record?: string;
}

/** The running service, as a drill and its runner see it. */
export interface DrillScene {
  readonly faults: FaultKit;
  /** Submits a job of the traveller's and answers its id. */
  submit(path: string, body: object): Promise<string>;
  /** A traveller's job; undefined if the service does not know it. */
  job(id: string): Promise<JobDocument | undefined>;
  /** What an operator asks; answers the body. Rejects unless it was answered with 200. */
  operate(method: 'GET' | 'POST', path: string): Promise<unknown>;
  /** What a function has logged with this message, line by line. */
  logged(functionName: string, message: string): readonly Readonly<Record<string, unknown>>[];
  /** Everything since the last time that this was asked. */
  news(): readonly News[];
  isInAlarm(name: string): boolean;
  /** Whether alarms have been judged for some minutes, and nobody has been told of an incident that is not over. */
  isCalm(): boolean;
  /** CloudWatch's minutes since the start. */
  minute(): number;
}

export type News =
  | { readonly kind: 'alarm'; readonly name: string; readonly state: string; readonly reason: string }
  /** A notification of a topic that has reached whoever is on call. */
  | {
      readonly kind: 'page';
      readonly topic: string;
      readonly subject: string;
      readonly name: string;
      readonly state: string;
    };
