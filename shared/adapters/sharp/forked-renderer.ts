import { type ChildProcess, fork } from 'node:child_process';
import { PermanentError, TransientError } from '../../domain/errors.ts';
import type { PhotoRenderer, RenderedPhoto } from '../../domain/photo.ts';
import { RendererAnswer } from './renderer-messages.ts';

export interface ForkedRendererOptions {
  /** The bundle of renderer-process.ts, an absolute path. */
  readonly script: string;
  /** All the process gets to know. It decodes strangers' files, so there should be no credentials in it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The last so many characters of what the process wrote are told when it dies. */
const LAST_WORDS_LENGTH = 500;

/**
 * Renders each photo in a process of its own. libvips cannot be stopped from outside (its time-out does not reach every decoder), and a file that
 * crashes it takes only that process down.
 */
export class ForkedRenderer implements PhotoRenderer {
  readonly #options: ForkedRendererOptions;

  constructor(options: ForkedRendererOptions) {
    this.#options = options;
  }

  async render(photo: Uint8Array, signal: AbortSignal): Promise<RenderedPhoto> {
    signal.throwIfAborted();
    const { script, environment } = this.#options;
    const child = fork(script, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      env: { ...environment },
      signal,
      killSignal: 'SIGKILL',
    });
    try {
      return photoOf(await exchange(child, photo));
    } finally {
      child.kill('SIGKILL');
    }
  }
}

/** Sends the photo and waits for the one answer, or for the process to end without it. */
function exchange(child: ChildProcess, photo: Uint8Array): Promise<unknown> {
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_LENGTH);
  });
  return new Promise((resolve, reject) => {
    const died = (how: unknown) =>
      reject(new TransientError('image_renderer_failed', `The renderer ended: ${how} ${lastWords}`.trim()));
    child.once('message', resolve);
    child.on('error', (error) => died(error.message));
    child.once('exit', (status, killedBy) => died(killedBy ?? `exit status ${status}`));
    child.send(photo, (error) => error && died(error.message));
  });
}

function photoOf(message: unknown): RenderedPhoto {
  const answer = RendererAnswer.parse(message);
  switch (answer.kind) {
    case 'rendered':
      return answer.photo;
    case 'refused':
      throw new PermanentError(answer.code, answer.reason);
    case 'failed':
      throw new TransientError('image_renderer_failed', answer.reason);
  }
}
