import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import type { AwsRequest, AwsResponse, AwsService } from '../../server/aws-service.ts';
import { type Bucket, bucketProperties, corsHeaders, preflight } from './bucket.ts';
import { getObject, listObjects, objectHeaders, putObject } from './object-operations.ts';
import { ObjectStore } from './object-store.ts';
import { checkForm, readForm } from './post-form.ts';
import { S3Error, xmlDocument, xmlElement } from './s3-error.ts';

export interface S3 extends AwsService {
  /** Creates a bucket from the properties of an `AWS::S3::Bucket`; the objects it had in an earlier run are in it again. */
  createBucket(name: string, cloudFormationProperties: unknown): void;
}

interface S3Options {
  /** Where the objects' files go; nothing else may live there. */
  readonly folder: string;
  readonly database: DatabaseSync;
  readonly clock: Clock;
  /** The secret of an access key, for browser forms, which carry their own signature. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
  /** Why the signer of a form may not have an object written; undefined if it may. */
  readonly uploadRefusal?: (accessKeyId: string, bucket: string, key: string) => string | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const maximumKeyBytes = 1024;
const knownQuery =
  /^(x-id|x-amz-.*|response-.*|list-type|prefix|max-keys|continuation-token|start-after|encoding-type|delimiter)$/i;
const refusedHeaders = [
  'x-amz-copy-source',
  'if-match',
  'if-unmodified-since',
  'x-amz-tagging',
  'x-amz-write-offset-bytes',
];

/** A stand-in for Amazon S3, path style. Signatures in headers and URLs are the endpoint's business. */
export function createS3({ folder, database, clock, secretOf, uploadRefusal }: S3Options): S3 {
  const store = new ObjectStore(folder, database);
  const buckets = new Map<string, Bucket>();

  const uploadForm = async (bucket: Bucket, { body, headers }: AwsRequest): Promise<AwsResponse> => {
    const form = await readForm(body, headers['content-type'] ?? '');
    const signer = checkForm(form, bucket.name, secretOf, clock.now());
    const fields = Object.fromEntries(form.fields);
    const key = checkedKey(fields.key ?? '');
    const refusal = uploadRefusal?.(signer, bucket.name, key);
    if (refusal !== undefined) throw new S3Error('AccessDenied', refusal);
    const object = { bucket: bucket.name, key, body: form.file, headers: objectHeaders(fields) };
    const { etag } = await store.put(object, { modifiedAt: clock.now(), onlyIfNew: false });
    return formAnswer(fields.success_action_status, { bucket: bucket.name, key, etag });
  };

  const perform = (request: AwsRequest, bucket: Bucket, key: string): Promise<AwsResponse> | AwsResponse => {
    const { method, query } = request;
    if (method === 'OPTIONS') return preflight(bucket, request.headers);
    if (method === 'POST' && key === '' && request.accessKeyId === undefined) return uploadForm(bucket, request);
    refuseUnknown(request);
    if (key === '' && method === 'GET') return listObjects(store, bucket.name, query);
    if (key === '') throw notImplemented(request);
    if (method === 'PUT')
      return putObject(store, { bucket: bucket.name, key: checkedKey(key), now: clock.now() }, request);
    if (method === 'DELETE') return store.delete(bucket.name, key).then(() => ({ status: 204 }));
    if (method !== 'GET' && method !== 'HEAD') throw notImplemented(request);
    const object = store.find(bucket.name, key);
    if (!object) throw new S3Error('NoSuchKey');
    return getObject(store, object, request);
  };

  return {
    signingName: 's3',
    createBucket(name, cloudFormationProperties) {
      const properties = bucketProperties.parse(cloudFormationProperties);
      buckets.set(name, { name, corsRules: properties.CorsConfiguration?.CorsRules ?? [] });
    },
    async handle(request) {
      const { bucketName, key } = readPath(request.path);
      const bucket = buckets.get(bucketName);
      const cors =
        bucket && request.method !== 'OPTIONS' && corsHeaders(bucket, request.headers.origin, request.method);
      const withCors = (response: AwsResponse) => ({ ...response, headers: { ...response.headers, ...cors } });
      try {
        if (!bucket) throw new S3Error('NoSuchBucket');
        return withCors(await perform(request, bucket, key));
      } catch (error) {
        if (error instanceof S3Error) return withCors(error.toResponse());
        throw error;
      }
    },
  };
}

function readPath(path: string): { readonly bucketName: string; readonly key: string } {
  const [, bucketName = '', ...key] = path.split('/');
  return { bucketName, key: decodeURIComponent(key.join('/')) };
}

function checkedKey(key: string): string {
  if (Buffer.byteLength(key) > maximumKeyBytes) throw new S3Error('KeyTooLongError');
  return key;
}

/** A sub-resource or a header left unread would be an answer that S3 does not give. */
function refuseUnknown(request: AwsRequest): void {
  const isKnown = [...request.query.keys()].every((name) => knownQuery.test(name));
  if (!isKnown || refusedHeaders.some((name) => name in request.headers)) throw notImplemented(request);
}

function notImplemented({ method, path, query, headers }: AwsRequest): S3Error {
  const operation = headers['x-amz-copy-source'] === undefined ? query.get('x-id') : 'CopyObject';
  return new S3Error('NotImplemented', `NotImplemented: ${operation ?? `${method} ${path}?${query}`}`);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
function formAnswer(
  wanted: string | undefined,
  put: { readonly bucket: string; readonly key: string; readonly etag: string },
): AwsResponse {
  const headers = { etag: put.etag, location: `/${put.bucket}/${encodeURIComponent(put.key)}` };
  if (wanted !== '201') return { status: wanted === '200' ? 200 : 204, headers };
  const body = xmlElement('Bucket', put.bucket) + xmlElement('Key', put.key) + xmlElement('ETag', put.etag);
  return {
    status: 201,
    headers: { ...headers, 'content-type': 'application/xml' },
    body: xmlDocument('PostResponse', body),
  };
}
