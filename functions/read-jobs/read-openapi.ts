import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';

/** The description of the API, which the build has put beside the code. */
export async function readOpenapi(folder: string): Promise<HttpAnswer> {
  const document: unknown = JSON.parse(await readFile(join(folder, 'openapi.json'), 'utf8'));
  return { status: 200, body: document, headers: { 'cache-control': 'public, max-age=300' } };
}
