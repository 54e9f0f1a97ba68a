import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import { PollyError } from './polly-error.ts';
import type { SpeechResult, SpeechTask } from './speech-worker.ts';

export interface SpeechEngine {
  /** Rejects with ServiceFailureException when the voice crashes or takes longer than a minute; the next request is safe. */
  speak(task: Omit<SpeechTask, 'folder'>, signal: AbortSignal): Promise<SpeechResult>;
  close(): Promise<void>;
}

/** 3,000 characters take 8 s on one core; more than this is a hang. */
const deadlineMilliseconds = 60_000;

/** One thread that speaks one request after the other, started by the first and replaced when it dies. */
export function createSpeechEngine(clock: Clock, workerUrl: URL, parent: string): SpeechEngine {
  const folder = mkdtempSync(join(parent, 'speech-'));
  const closing = new AbortController();
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const speakNow = async (task: SpeechTask): Promise<SpeechResult> => {
    const speaker = worker ?? new Worker(workerUrl, { execArgv: ['--disable-warning=ExperimentalWarning'] });
    const hung = new AbortController();
    const cancel = clock.after(deadlineMilliseconds, () => hung.abort());
    worker = speaker;
    try {
      speaker.postMessage(task);
      const [result] = await once(speaker, 'message', { signal: AbortSignal.any([hung.signal, closing.signal]) });
      return result;
    } catch (error) {
      worker = undefined;
      await speaker.terminate();
      throw new PollyError('ServiceFailureException', `Speech synthesis failed: ${error}`, 500);
    } finally {
      cancel();
    }
  };
  return {
    speak(task, signal) {
      const result = last.then(() => {
        signal.throwIfAborted();
        closing.signal.throwIfAborted();
        return speakNow({ ...task, folder });
      });
      last = result.catch(() => undefined);
      return result;
    },
    async close() {
      closing.abort();
      await last;
      await worker?.terminate();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
