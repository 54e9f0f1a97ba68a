import sharp, { type Exif } from 'sharp';
import { describe, expect, it } from 'vitest';
import { readOrigin } from '../../../shared/photo/read-origin.ts';
import { tellingPhoto } from '../../support/photos.ts';

const north = { GPSLatitudeRef: 'N', GPSLatitude: '37/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '10/1 0/1 0/1' };

describe('the origin of a photo', () => {
  it('is its time by the camera’s clock, the offset it noted and its position', async () => {
    expect(await readOrigin(await exifBlock(await tellingPhoto()))).toEqual({
      takenAt: '2024-07-04T18:30:15',
      utcOffset: '-07:00',
      position: { latitude: expect.closeTo(37.7763, 3), longitude: expect.closeTo(-122.4197, 3) },
    });
  });

  it.each([
    ['no clock', { DateTimeOriginal: '0000:00:00 00:00:00' }],
    ['a blank time', { DateTimeOriginal: '    :  :     :  :  ' }],
    ['a day that does not exist', { DateTimeOriginal: '2024:02:31 10:00:00' }],
    ['nonsense', { DateTimeOriginal: 'yesterday' }],
  ])('has no time with %s', async (_, IFD2) => {
    expect(await originOf({ IFD2: { ...IFD2, OffsetTimeOriginal: '+01:00' } })).toEqual({});
  });

  it('has no offset when the camera noted an impossible one', async () => {
    const IFD2 = { DateTimeOriginal: '2024:02:29 10:00:00', OffsetTimeOriginal: '+99:00' };
    expect(await originOf({ IFD2 })).toEqual({ takenAt: '2024-02-29T10:00:00' });
  });

  it.each([
    ['no fix', { ...north, GPSLatitude: '0/1 0/1 0/1', GPSLongitude: '0/1 0/1 0/1' }],
    ['a latitude beyond the pole', { ...north, GPSLatitude: '97/1 0/1 0/1' }],
    ['a fraction of nothing', { ...north, GPSLatitude: '37/0 30/0 0/0' }],
  ])('has no position with %s', async (_, IFD3) => {
    expect(await originOf({ IFD3 })).toEqual({});
  });

  it('is empty for a block that is none', async () => {
    for (const block of ['', 'Exif', 'Exif\0\0', 'Exif\0\0II*\0\xff\xff\xff\xff', 'MM\0*\0\0\0\x08\xff\xff'])
      expect(await readOrigin(Buffer.from(block, 'latin1'))).toEqual({});
  });
});

async function originOf(exif: Exif) {
  const photo = sharp({ create: { width: 4, height: 4, channels: 3, background: '#000' } });
  return readOrigin(await exifBlock(await photo.withExif(exif).jpeg().toBuffer()));
}

async function exifBlock(photo: Buffer): Promise<Uint8Array> {
  const { exif } = await sharp(photo).metadata();
  if (!exif) throw new Error('the photo has no Exif block');
  return exif;
}
