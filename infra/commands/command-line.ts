import { FolderInUseError } from '../local/folder-lock.ts';
import { TemplateError } from '../local/template/template-error.ts';
import { pathRefusal } from './system-error.ts';

/** A mistake that the person at the keyboard can put right: shown as its message alone. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;
  constructor(message: string, options: ErrorOptions & { exitCode?: number } = {}) {
    super(message, options);
    this.exitCode = options.exitCode ?? 1;
  }
}

/**
 * Runs a command and sets the process's exit code: 0, or that of the error. Expected errors show one clear message, unknown
 * ones their stack, because they are ours.
 */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  process.stdout.on('error', () => process.exit(0)); // whoever read the output has gone, as `| head` does
  try {
    await command();
  } catch (error) {
    process.exitCode = error instanceof CommandError ? error.exitCode : isUsageError(error) ? 2 : 1;
    console.error(expectedText(error) ?? error);
  }
}

/**
 * The first SIGINT or SIGTERM calls `stop`; a second one ends the process at once. npm passes on a Ctrl-C that the terminal
 * has sent here already, so a repetition within half a second is the same one.
 */
export function onStopSignal(stop: () => void): void {
  let firstAt: number | undefined;
  const receive = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      stop();
    } else if (performance.now() - firstAt > 500) {
      process.exit(130);
    }
  };
  process.on('SIGINT', receive);
  process.on('SIGTERM', receive);
}

/** What the person at the keyboard is told of an error that they can put right; undefined for any other. */
export function expectedText(error: unknown): string | undefined {
  if (isUsageError(error)) return `${usageErrorText(error)}. \`--help\` lists the options.`;
  const refusal = pathRefusal(error);
  if (refusal !== undefined) return `${refusal.path}: ${refusal.reason}.`;
  return isExpected(error) ? error.message : undefined;
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof CommandError ||
    error instanceof TemplateError ||
    error instanceof FolderInUseError ||
    isTakenPort(error)
  );
}

/** From `parseArgs`. https://nodejs.org/api/errors.html#err_parse_args_unknown_option */
function isUsageError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

/** Without how Node would have a word with a dash passed: no command has a use for one. */
function usageErrorText({ message }: Error): string {
  return message.replace(/\. To specify a positional argument .*$/s, '').replace(/\.$/, '');
}

function isTakenPort(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause && (cause.code === 'EADDRINUSE' || cause.code === 'EACCES');
}
