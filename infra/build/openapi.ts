import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openapiDocument } from './openapi-document.ts';

/** Writes the OpenAPI document to each of the files. */
export async function buildOpenapi(outputFiles: readonly string[]): Promise<void> {
  const json = JSON.stringify(openapiDocument());
  for (const file of outputFiles) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, json);
  }
}
