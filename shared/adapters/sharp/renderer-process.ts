import { PermanentError } from '../../domain/errors.ts';
import { renderPhoto } from './render-photo.ts';
import { type RendererAnswer, RendererRequest } from './renderer-messages.ts';

/**
 * The process in which strangers' files are decoded: one photo in, one answer out. It does not end by itself, so that the answer is never
 * overtaken by the exit; its parent kills it. Without a parent it kills itself: an orderly exit would wait for libvips to finish.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.once('message', (photo) => void answer(photo));

async function answer(photo: unknown): Promise<void> {
  process.send?.(await outcome(photo));
}

async function outcome(photo: unknown): Promise<RendererAnswer> {
  try {
    return { kind: 'rendered', photo: await renderPhoto(RendererRequest.parse(photo)) };
  } catch (error) {
    if (error instanceof PermanentError) return { kind: 'refused', code: error.code, reason: error.message };
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
