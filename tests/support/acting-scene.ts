import * as z from 'zod';
import { undoStep } from '../../shared/catalog/job-types.ts';
import { PermanentError, ThrottledError, TransientError } from '../../shared/domain/errors.ts';
import type { Job } from '../../shared/domain/job.ts';
import type { Effect } from '../../shared/jobs/effect.ts';
import type { StepContext, StepResult } from '../../shared/jobs/processor.ts';
import type { Ending } from './processor-endings.ts';

/** The acts of a job that pays for something, in order; after the last there is no way back. */
const acts = ['authorise', 'reserve', 'capture'] as const;

type Act = (typeof acts)[number];

const Outcome = z.object({ id: z.string() });

/** Whoever the acts are done at. It does each key once, however often it is asked, and remembers what was asked. */
export class ActProvider {
  /** By key: whether it is in force now. */
  readonly #done = new Map<string, boolean>();

  do(key: string): { readonly id: string } {
    if (!this.#done.has(key)) this.#done.set(key, true);
    return { id: key };
  }

  find(key: string): { readonly id: string } | undefined {
    return this.#done.get(key) ? { id: key } : undefined;
  }

  undo(id: string): void {
    if (this.#done.has(id)) this.#done.set(id, false);
  }

  /** How often each act of the job is in force. */
  inForce({ id }: Pick<Job, 'id'>): Readonly<Record<Act, number>> {
    const keys = [...this.#done].flatMap(([key, isDone]) => (isDone && key.startsWith(`${id}:`) ? [key] : []));
    const times = (act: Act) => keys.filter((key) => key.split(':')[1] === act).length;
    return { authorise: times('authorise'), reserve: times('reserve'), capture: times('capture') };
  }
}

/** What a processor does that pays for something; with another ending than success, its act number `at` goes wrong so. */
export async function act(
  ending: Ending,
  at: number,
  context: StepContext<unknown, unknown>,
  step: string,
  provider: ActProvider,
): Promise<StepResult<unknown>> {
  if (step === undoStep.name) {
    if (ending !== 'success') throw new TransientError('internal_error', 'nobody answers');
    for (const name of acts.toReversed()) await context.takeBack(name, takingBack(provider));
    return { result: context.result };
  }
  for (const [index, name] of acts.entries()) {
    const trouble = index === at % acts.length ? ending : 'success';
    await context.once(name, effect(name, trouble, provider));
  }
  return { result: { made: true } };
}

function effect(name: Act, trouble: Ending, provider: ActProvider): Effect<z.infer<typeof Outcome>> {
  return {
    outcome: Outcome,
    message: `Going to ${name}`,
    takenBack: name !== 'capture',
    commits: name === 'capture',
    onUnknown: { lookUp: async (key) => provider.find(key) },
    act: async (key) => actWith(trouble, key, provider),
  };
}

function actWith(trouble: Ending, key: string, provider: ActProvider): z.infer<typeof Outcome> {
  switch (trouble) {
    case 'success':
      return provider.do(key);
    case 'permanent':
      throw new PermanentError('content_filtered', 'refused');
    case 'throttled':
      throw new ThrottledError('slow down');
    case 'awaiting':
      throw new TransientError('internal_error', 'it never arrived');
    case 'transient':
      provider.do(key);
      throw new TransientError('internal_error', 'it happened, and the answer is lost');
  }
}

function takingBack(provider: ActProvider) {
  return {
    outcome: Outcome,
    lookUp: async (key: string) => provider.find(key),
    act: async ({ id }: z.infer<typeof Outcome>) => provider.undo(id),
  };
}
