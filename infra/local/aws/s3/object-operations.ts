import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { AwsRequest, AwsResponse } from '../../server/aws-service.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { S3Error, xmlDocument, xmlElement } from './s3-error.ts';

/** Headers of an upload that its downloads give back; user metadata beside them. */
const keptHeaders = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];
const checksums: Readonly<Record<string, (body: Buffer) => string>> = {
  'content-md5': (body) => createHash('md5').update(body).digest('base64'),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest('base64'),
  'x-amz-checksum-crc32': (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  },
};

/** What an upload's headers (or form fields) leave on the object. */
export function objectHeaders(given: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(given).filter(
    ([name]) => keptHeaders.includes(name) || name.startsWith('x-amz-meta-') || name.startsWith('x-amz-checksum-'),
  );
  return { 'content-type': 'binary/octet-stream', ...Object.fromEntries(kept) };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export async function putObject(
  store: ObjectStore,
  { bucket, key, now }: { readonly bucket: string; readonly key: string; readonly now: number },
  { headers, body }: AwsRequest,
): Promise<AwsResponse> {
  for (const [name, given] of Object.entries(headers)) {
    if (name in checksums && checksums[name]?.(body) !== given) throw new S3Error('BadDigest');
    if (/^x-amz-checksum-(crc32c|crc64nvme|sha1)$/.test(name))
      throw new S3Error('NotImplemented', `NotImplemented: ${name}`);
  }
  const object = { bucket, key, body, headers: objectHeaders(headers) };
  const { etag } = await store.put(object, { modifiedAt: now, onlyIfNew: headers['if-none-match'] === '*' });
  const echoed = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-checksum-'));
  return { status: 200, headers: { etag, ...Object.fromEntries(echoed) }, body: '' };
}

/** GET and HEAD: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export function getObject(store: ObjectStore, object: StoredObject, request: AwsRequest): AwsResponse {
  const isFull = request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && !request.headers.range;
  const headers = {
    ...Object.fromEntries(
      Object.entries(object.headers).filter(([name]) => isFull || !name.startsWith('x-amz-checksum-')),
    ),
    ...responseOverrides(request.query),
    etag: object.etag,
    'last-modified': new Date(object.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
  };
  if (request.headers['if-none-match']?.split(/,\s*/).includes(object.etag)) return { status: 304, headers };
  const range = readRange(request.headers.range, object.size);
  const { start, length } = range ?? { start: 0, length: object.size };
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(length),
      ...(range && { 'content-range': `bytes ${start}-${start + length - 1}/${object.size}` }),
    },
    body: request.method === 'HEAD' ? '' : store.read(object, start, length),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html, without delimiters */
export function listObjects(store: ObjectStore, bucket: string, query: URLSearchParams): AwsResponse {
  if (query.has('delimiter') || query.get('list-type') !== '2') {
    throw new S3Error('NotImplemented', 'NotImplemented: ListObjects, or a delimiter');
  }
  const prefix = query.get('prefix') ?? '';
  const maxKeys = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString();
  const found = store.list(bucket, prefix, after, maxKeys + 1);
  const page = found.slice(0, maxKeys);
  const isTruncated = found.length > page.length;
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : String;
  const next = Buffer.from(page.at(-1)?.key ?? after).toString('base64url');
  const contents = page.map(({ key, etag, size, modifiedAt }) => {
    const facts = xmlElement('Key', encode(key)) + xmlElement('ETag', etag) + xmlElement('Size', size);
    return `<Contents>${facts}${xmlElement('LastModified', new Date(modifiedAt).toISOString())}</Contents>`;
  });
  const result = [
    xmlElement('Name', bucket),
    xmlElement('Prefix', encode(prefix)),
    xmlElement('KeyCount', page.length),
    xmlElement('MaxKeys', maxKeys),
    xmlElement('IsTruncated', isTruncated),
    ...(isTruncated ? [xmlElement('NextContinuationToken', next)] : []),
    ...contents,
  ];
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: xmlDocument('ListBucketResult', result.join('')),
  };
}

function responseOverrides(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    keptHeaders.flatMap((name) => {
      const value = query.get(`response-${name}`);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** One range, as S3 supports; what is not a byte range is ignored (RFC 9110, 14.2). Throws InvalidRange past the end. */
function readRange(
  header: string | undefined,
  size: number,
): { readonly start: number; readonly length: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || (first === '' && Number(last) === 0)) {
    throw new S3Error('InvalidRange', undefined, { 'content-range': `bytes */${size}` });
  }
  return end < start ? undefined : { start, length: end - start + 1 };
}
