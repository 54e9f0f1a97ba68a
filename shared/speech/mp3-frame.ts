/** What one MPEG audio layer III frame header says. */
export interface Mp3FrameHeader {
  readonly version: MpegVersion;
  readonly sampleRateHertz: number;
  readonly channels: 1 | 2;
  /** Length of the frame with its header. */
  readonly bytes: number;
  /** Samples per channel that one frame decodes to. */
  readonly samples: number;
  /** Bytes before the frame's main data: header, checksum and side information. */
  readonly mainDataOffset: number;
}

type MpegVersion = '1' | '2' | '2.5';

/**
 * Reads the frame header at `offset`, or gives undefined when there is none. A free-format frame counts as none: its length is
 * not in its header, and no encoder in use writes one.
 * @see ISO/IEC 11172-3 and 13818-3; http://www.mp3-tech.org/programmer/frame_header.html
 */
export function readFrameHeader(bytes: Uint8Array, offset: number): Mp3FrameHeader | undefined {
  const [sync = 0, kind = 0, rates = 0, mode = 0] = bytes.subarray(offset, offset + 4);
  if (offset + 4 > bytes.length || sync !== 0xff || (kind & 0xe0) !== 0xe0 || (kind & 0x06) !== LAYER_III)
    return undefined;
  const version = versions[(kind >> 3) & 0x03];
  if (version === undefined) return undefined;
  const bitrate = kilobitsPerSecond[version === '1' ? 'mpeg1' : 'mpeg2'][rates >> 4];
  const sampleRateHertz = sampleRates[version][(rates >> 2) & 0x03];
  if (bitrate === undefined || bitrate === 0 || sampleRateHertz === undefined) return undefined;
  const samples = version === '1' ? 1152 : 576;
  const padding = (rates >> 1) & 0x01;
  const channels = mode >> 6 === MONO ? 1 : 2;
  const checksumBytes = (kind & 0x01) === 0 ? 2 : 0;
  return {
    version,
    sampleRateHertz,
    channels,
    samples,
    bytes: Math.floor(((samples / 8) * bitrate * 1000) / sampleRateHertz) + padding,
    mainDataOffset: 4 + checksumBytes + sideInformationBytes(version, channels),
  };
}

function sideInformationBytes(version: MpegVersion, channels: 1 | 2): number {
  if (version === '1') return channels === 1 ? 17 : 32;
  return channels === 1 ? 9 : 17;
}

const LAYER_III = 0x02;
const MONO = 3;

const versions: readonly (MpegVersion | undefined)[] = ['2.5', undefined, '2', '1'];

const sampleRates = {
  '1': [44_100, 48_000, 32_000],
  '2': [22_050, 24_000, 16_000],
  '2.5': [11_025, 12_000, 8_000],
} as const satisfies Record<MpegVersion, readonly number[]>;

const kilobitsPerSecond: Readonly<Record<'mpeg1' | 'mpeg2', readonly number[]>> = {
  mpeg1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
