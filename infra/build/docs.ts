import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { docsPage } from './docs-page.ts';

/** Writes the documentation page to each of the files. */
export async function buildDocs(outputFiles: readonly string[]): Promise<void> {
  const page = docsPage();
  for (const file of outputFiles) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, page);
  }
}
