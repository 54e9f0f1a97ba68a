import type * as z from 'zod';
import { type Degradation, type JobType, type StepDefinition, undoStep } from '../catalog/job-types.ts';
import type { ChildCounts } from '../catalog/schemas/child-counts.ts';
import type { JobCost } from '../catalog/schemas/cost.ts';
import { PermanentError } from '../domain/errors.ts';
import type { Effect, TakingBack } from './effect.ts';

/** What a processor sees of the attempt it makes. */
export interface StepContext<Input, Result> {
  readonly jobId: string;
  /** Whose job it is: what they uploaded or were made is under this name. */
  readonly owner: string;
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
  /** The number of this run, from 1, over all steps and lives of the job. */
  readonly attempt: number;
  /** When the job expires, running or not, milliseconds since the epoch; undefined if it has no deadline. */
  readonly deadline: number | undefined;
  readonly input: Input;
  /** What earlier steps have made. */
  readonly result: Result | undefined;
  /** Of a batch: how its children stand. */
  readonly counts: ChildCounts | undefined;
  /** Aborts on cancel, at the deadline, when the job was taken over, and before the function's time-out. */
  readonly signal: AbortSignal;
  /** Says how far this step is: 0 to 1, and a few words for the traveller, in place of the step's own. Written at most every two seconds, and not at once after the claim. */
  progress(fraction: number, message: string): Promise<void>;
  /**
   * Does one outside act of the job once, whatever becomes of the attempt; tells what came of it. Acts of one job are done one after another. A
   * step that acts says how far it is by its acts, not by `progress`: of two writes at a time the later answer would win.
   */
  once<T>(name: string, effect: Effect<T>): Promise<T>;
  /** Whether the act was begun, by this attempt or an earlier one, and not refused since: whether `once` would not do it for the first time. */
  hasBegun(name: string): boolean;
  /** In the step `undo`: takes an act back, unless it never happened or is taken back already. */
  takeBack<T>(name: string, undoing: TakingBack<T>): Promise<void>;
  /** Notes what the attempt has cost, whatever becomes of it. */
  spend(cost: JobCost): void;
  /** Whether the job's patience ends with this attempt: a failure now is the last one, or the wait limit is near. */
  readonly lastChance: boolean;
}

export interface StepResult<Result> {
  readonly result: Result;
  readonly degraded?: readonly Degradation[];
  /**
   * The job is a batch of these. They are made under ids that follow from the job's, and the job's last step runs once all have ended. When
   * the context brings a result, it is the recorded plan, and the children must be those of that plan.
   */
  readonly children?: PlannedChildren;
}

export interface PlannedChildren {
  /** Every child has a number below it. */
  readonly total: number;
  readonly jobs: readonly ChildJob[];
  /** Numbers of those that have failed before they could become jobs. */
  readonly failed: readonly number[];
}

export interface ChildJob {
  readonly index: number;
  readonly type: JobType;
  readonly input: unknown;
}

/** Performs the steps of one job type, on values as they come from the record. */
export interface Processor {
  run(step: string, context: StepContext<unknown, unknown>): Promise<StepResult<unknown>>;
}

/**
 * Makes a processor of plain functions, one a step, typed by the job type's catalog row. What comes from the record is parsed before a
 * function sees it, and what it returns before it is stored.
 */
export function processorFor<I extends z.ZodType, R extends z.ZodType, S extends string>(
  row: Row<I, R, S>,
  steps: { readonly [K in NoInfer<S>]: Perform<I, R, StepResult<z.infer<R>>> },
): Processor {
  const byName: Readonly<Record<string, (typeof steps)[S] | undefined>> = steps;
  return {
    async run(step, context) {
      const perform = Object.hasOwn(byName, step) ? byName[step] : undefined;
      if (!perform) throw new PermanentError('type_unknown', `No step ${step}`);
      const done = await perform(parsed(row, context));
      return { ...done, result: row.result.parse(done.result) };
    },
  };
}

/**
 * The same for a job type that `undoes`: `undo` takes back whatever was done, in reverse, and says nothing. It sees no input: what was done is
 * taken back even when a later release would not accept what was asked.
 */
export function undoingProcessorFor<I extends z.ZodType, R extends z.ZodType, S extends string>(
  row: Row<I, R, S> & { readonly undoes: true },
  steps: { readonly [K in NoInfer<S>]: Perform<I, R, StepResult<z.infer<R>>> },
  undo: (context: Pick<StepContext<unknown, unknown>, 'takeBack' | 'signal'>) => Promise<void>,
): Processor {
  const forward = processorFor(row, steps);
  return {
    async run(step, context) {
      if (step !== undoStep.name) return forward.run(step, context);
      await undo(context);
      return { result: context.result };
    },
  };
}

interface Row<I extends z.ZodType, R extends z.ZodType, S extends string> {
  readonly input: I;
  readonly result: R;
  readonly steps: Readonly<Record<S, StepDefinition>>;
}

type Perform<I extends z.ZodType, R extends z.ZodType, Done> = (
  context: StepContext<z.infer<I>, z.infer<R>>,
) => Promise<Done>;

function parsed<I extends z.ZodType, R extends z.ZodType>(
  row: { readonly input: I; readonly result: R },
  context: StepContext<unknown, unknown>,
): StepContext<z.infer<I>, z.infer<R>> {
  const input = row.input.safeParse(context.input);
  if (!input.success) throw new PermanentError('input_invalid', input.error.message, { cause: input.error });
  const result = context.result === undefined ? undefined : row.result.parse(context.result);
  return { ...context, input: input.data, result };
}
