import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { routes } from '../../shared/catalog/routes.ts';
import type { HttpAnswer } from '../../shared/runtime/http-answer.ts';

/** The documentation page, which the build has put beside the code. A browser lets it do nothing but show itself. */
export async function readDocs(folder: string): Promise<HttpAnswer> {
  const text = await readFile(join(folder, 'docs.html'), 'utf8');
  return {
    status: 200,
    text,
    headers: {
      'content-type': routes.read_docs.mediaType,
      'content-security-policy': contentSecurityPolicy(text),
      'referrer-policy': 'no-referrer',
      'cache-control': 'public, max-age=300',
    },
  };
}

/** Nothing may be loaded or run; the page's own style is allowed by its hash. */
function contentSecurityPolicy(page: string): string {
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
