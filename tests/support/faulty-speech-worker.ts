import { parentPort } from 'node:worker_threads';
import * as z from 'zod';

/** The real speech worker, except that it dies at the word "crash" and never returns from the word "hang". */
const taskSchema = z.object({
  narration: z.object({
    sentences: z.array(z.object({ phrases: z.array(z.object({ words: z.array(z.object({ say: z.string() })) })) })),
  }),
});

parentPort?.on('message', (task: unknown) => {
  const { sentences } = taskSchema.parse(task).narration;
  const words = sentences.flatMap(({ phrases }) => phrases).flatMap((phrase) => phrase.words.map(({ say }) => say));
  if (words.includes('crash')) {
    throw new Error('unreachable');
  }
  while (words.includes('hang')) {
    // As flite in an endless loop would.
  }
});

await import('../../infra/local/aws/polly/speech-worker.ts');
