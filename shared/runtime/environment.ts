import * as z from 'zod';
import { type EnvironmentOf, environments } from '../catalog/environment.ts';
import type { FunctionName } from '../catalog/functions.ts';

/** The function's settings, parsed once at cold start. Throws Error, whose message names every missing or wrong one, which stops the cold start. */
export function environmentOf<F extends FunctionName>(name: F): EnvironmentOf<F>;
export function environmentOf(name: FunctionName): unknown {
  const parsed = environments[name].safeParse(process.env);
  if (parsed.success) return parsed.data;
  throw new Error(`The environment of ${name} is wrong:\n${z.prettifyError(parsed.error)}`);
}

/** The folder the function's files are in, for data that ships beside the code. */
export function taskRoot(): string {
  return process.env.LAMBDA_TASK_ROOT ?? process.cwd();
}
