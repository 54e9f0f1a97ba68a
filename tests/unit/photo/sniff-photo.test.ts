import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffPhoto } from '../../../shared/photo/sniff-photo.ts';
import { bomb, heic, mediaFile, movingWebp, png, pngChunk } from '../../support/photos.ts';

const plain = sharp({ create: { width: 4, height: 3, channels: 3, background: '#123456' } });

describe('a file’s first bytes', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)('tell a real %s', async (format) => {
    expect(sniffPhoto(await plain.clone().toFormat(format).toBuffer())).toEqual({ format });
  });

  it('tell a WebP with an alpha channel, whose header is another, from one that moves', async () => {
    const clear = await plain.clone().ensureAlpha(0.5).webp().toBuffer();
    expect(sniffPhoto(clear)).toEqual({ format: 'webp' });
    expect(sniffPhoto(await movingWebp())).toMatchObject({ refused: 'image_animated' });
  });

  it('tell a PNG that moves from one that has the same bytes in its pixels', () => {
    const moving = png([pngChunk('IHDR', Buffer.alloc(13)), pngChunk('acTL', Buffer.alloc(8)), pngChunk('IDAT')]);
    const still = png([pngChunk('IHDR', Buffer.alloc(13)), pngChunk('IDAT', Buffer.from('acTL'))]);
    expect(sniffPhoto(moving)).toMatchObject({ refused: 'image_animated' });
    expect(sniffPhoto(still)).toEqual({ format: 'png' });
  });

  it.each([
    ['an iPhone’s HEIC', heic, 'image_heic'],
    ['a HEIC that names only the general brand', mediaFile('mif1', ['mif1']), 'image_heic'],
    ['a moving AVIF', mediaFile('avis', ['avif', 'avis']), 'image_animated'],
    ['a moving HEIC', mediaFile('msf1', ['hevc']), 'image_animated'],
    ['an MP4', mediaFile('isom', ['mp42']), 'image_unsupported'],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0'), 'image_unsupported'],
    ['an SVG', Buffer.from('\n <?xml version="1.0"?><svg/>'), 'image_unsupported'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'image_unsupported'],
    ['one byte', Buffer.from([0xff]), 'image_unsupported'],
    ['nothing', Buffer.alloc(0), 'image_unsupported'],
    ['a file type box that claims to be empty', Buffer.from('\0\0\0\0ftypheic'), 'image_unsupported'],
  ])('refuse %s by its name', (_, file, refused) => {
    expect(sniffPhoto(file)).toMatchObject({ refused });
  });

  it('never stumble over a file that ends early', async () => {
    const files = [await plain.clone().avif().toBuffer(), heic, bomb(8), await movingWebp()];
    for (const file of files) {
      for (let length = 0; length < 64; length++) expect(() => sniffPhoto(file.subarray(0, length))).not.toThrow();
    }
  });
});
