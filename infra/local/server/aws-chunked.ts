import { AwsFailure } from './aws-failure.ts';

/**
 * Takes the `aws-chunked` framing off an upload and returns the content with its trailing headers (checksums).
 * The chunks' own signatures are not verified; the header signature covers the declared length.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function decodeAwsChunked(framed: Buffer): { content: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = framed.indexOf('\r\n', position);
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(framed.toString('latin1', position, lineEnd), 16);
    const start = lineEnd + 2;
    if (Number.isNaN(size) || start + size > framed.length) {
      throw new AwsFailure('IncompleteBody', 'The aws-chunked body is not well-formed', { status: 400 });
    }
    if (size === 0) {
      return { content: Buffer.concat(chunks), trailers: parseTrailers(framed.toString('latin1', start)) };
    }
    chunks.push(framed.subarray(start, start + size));
    position = start + size + 2;
  }
}

function parseTrailers(text: string): Record<string, string> {
  const trailers = [...text.matchAll(/^([^:\r\n]+):[ \t]*(.*?)[ \t]*\r?$/gm)];
  return Object.fromEntries(trailers.map(([, name = '', value = '']) => [name.trim().toLowerCase(), value]));
}
