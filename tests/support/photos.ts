import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** Colours of a test scene's four quarters, as they must be seen. */
export const quarters = { topLeft: '#ff0000', topRight: '#00ff00', bottomLeft: '#0000ff', bottomRight: '#ffffff' };

/** What a camera held in this way stores: Exif orientations 1 to 8, 300 × 200 pixels when seen upright. */
export async function heldPhoto(orientation: number): Promise<Buffer> {
  const upright = await scene(300, 200);
  const turned = await storedAs(upright, orientation);
  return sharp(turned).withMetadata({ orientation }).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** Orientation 6 with position, serial number and time in its Exif block, and the position in XMP as well. */
export async function tellingPhoto(): Promise<Buffer> {
  const turned = await storedAs(await scene(3_000, 2_000), 6);
  return sharp(turned)
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Camera', Model: 'One' },
      IFD2: { DateTimeOriginal: '2024:07:04 18:30:15', OffsetTimeOriginal: '-07:00', BodySerialNumber: 'SN-4711' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '37/1 46/1 3480/100',
        GPSLongitudeRef: 'W',
        GPSLongitude: '122/1 25/1 1080/100',
      },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>37,46.58N</exif:GPSLatitude></x:xmpmeta>')
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** So many black pixels a side, one bit each, in a file of a few kilobytes. */
export function bomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  return png([pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND')]);
}

export function png(chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks]);
}

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
export function pngChunk(type: string, content = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type), content]);
  const chunk = Buffer.alloc(4 + named.length + 4);
  chunk.writeUInt32BE(content.length, 0);
  named.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(named), 4 + named.length);
  return chunk;
}

/** Two frames. */
export async function movingWebp(): Promise<Buffer> {
  const frames = await sharp({ create: { ...black, width: 20, height: 40 } })
    .raw()
    .toBuffer();
  frames.fill(0xff, 0, frames.length / 2);
  return sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } })
    .webp({ delay: [100, 100] })
    .toBuffer();
}

/** A JPEG of noise, which a decoder cannot finish without its last byte. */
export async function truncatedJpeg(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 50 } as const;
  const whole = await sharp({ create: { ...black, width: 600, height: 400, noise } })
    .jpeg()
    .toBuffer();
  return whole.subarray(0, whole.length / 2);
}

/** The start of a photo as iPhones take them; nobody here reads further. */
export const heic = mediaFile('heic', ['mif1', 'heic']);

/** The file type box of an ISO base media file. */
export function mediaFile(major: string, compatible: readonly string[]): Buffer {
  const brands = Buffer.from([major, '\0\0\0\0', ...compatible].join(''), 'latin1');
  const head = Buffer.alloc(8);
  head.writeUInt32BE(head.length + brands.length);
  head.write('ftyp', 4);
  return Buffer.concat([head, brands, Buffer.alloc(64)]);
}

const black = { channels: 3, background: '#000000' } as const;

function scene(width: number, height: number): Promise<Buffer> {
  const half = { width: width / 2, height: height / 2 };
  const quarter = (background: string, left: number, top: number) => ({
    input: { create: { ...half, channels: 3 as const, background } },
    left,
    top,
  });
  return sharp({ create: { ...black, width, height } })
    .composite([
      quarter(quarters.topLeft, 0, 0),
      quarter(quarters.topRight, half.width, 0),
      quarter(quarters.bottomLeft, 0, half.height),
      quarter(quarters.bottomRight, half.width, half.height),
    ])
    .png()
    .toBuffer();
}

/** The opposite of what a viewer does with each value of the tag (Exif 2.32, 4.6.5.1.6). */
async function storedAs(upright: Buffer, orientation: number): Promise<Buffer> {
  const quarterTurn = () => sharp(upright).rotate(90).png().toBuffer();
  switch (orientation) {
    case 2:
      return sharp(upright).flop().png().toBuffer();
    case 3:
      return sharp(upright).rotate(180).png().toBuffer();
    case 4:
      return sharp(upright).flip().png().toBuffer();
    case 5:
      return sharp(await quarterTurn())
        .flop()
        .png()
        .toBuffer();
    case 6:
      return sharp(upright).rotate(270).png().toBuffer();
    case 7:
      return sharp(await quarterTurn())
        .flip()
        .png()
        .toBuffer();
    case 8:
      return quarterTurn();
    default:
      return upright;
  }
}
