import type { MediaLinks, MediaProperties, MediaStore } from '../../domain/ports.ts';

/** A look that takes longer is not worth its answer, milliseconds. */
const LOOK_MILLISECONDS = 2_000;

const propertyPrefix = 'x-amz-meta-';

/**
 * Finds media by their links, without the SDK, which would double the code that an API function loads. A link is signed for reading only, so the
 * first byte is read. Without the right to list, S3 answers for an absent object with 403
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
 */
export class LinkedMedia implements Pick<MediaStore, 'find'> {
  readonly #links: MediaLinks;

  constructor(links: MediaLinks) {
    this.#links = links;
  }

  async find(key: string): Promise<MediaProperties | undefined> {
    const response = await fetch(this.#links.link(key), {
      headers: { range: 'bytes=0-0' },
      signal: AbortSignal.timeout(LOOK_MILLISECONDS),
    });
    await response.body?.cancel();
    if (response.status === 403 || response.status === 404) return undefined;
    if (!response.ok) throw new Error(`S3 answered ${response.status}`);
    const properties = [...response.headers].filter(([name]) => name.startsWith(propertyPrefix));
    return Object.fromEntries(properties.map(([name, value]) => [name.slice(propertyPrefix.length), value]));
  }
}
