import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { S3Error } from './s3-error.ts';

interface UploadForm {
  /** Names in lower case, values with `${filename}` filled in. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
}

const condition = z.union([
  z.tuple([z.literal('content-length-range'), z.coerce.number(), z.coerce.number()]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
  z.record(z.string(), z.string()),
]);
const policyDocument = z.object({
  expiration: z.iso.datetime({ offset: true }).transform((time) => Date.parse(time)),
  conditions: z.array(condition),
});
type Policy = z.output<typeof policyDocument>;

const filenameVariable = /\$\{filename\}/g;
/** Form fields that no condition needs to mention. */
const unconditional = new Set(['policy', 'x-amz-signature', 'file']);

/** Reads a browser's form; what follows the file is ignored: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html */
export async function readForm(body: Buffer, contentType: string): Promise<UploadForm> {
  const request = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const form = await request.formData().catch((cause: unknown) => {
    throw new S3Error('MalformedPOSTRequest', String(cause));
  });
  const fields = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      fields.set(name.toLowerCase(), value);
      continue;
    }
    for (const [field, text] of fields)
      fields.set(
        field,
        text.replaceAll(filenameVariable, () => value.name),
      );
    return { fields, file: Buffer.from(await value.arrayBuffer()) };
  }
  throw new S3Error('MalformedPOSTRequest', 'POST requires exactly one file upload per request.');
}

/**
 * Throws unless the form carries a signed, unexpired policy that it keeps in every field. Answers the access key id of who signed it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function checkForm(
  form: UploadForm,
  bucket: string,
  secretOf: (accessKeyId: string) => string | undefined,
  now: number,
): string {
  const signer = checkSignature(form.fields, secretOf);
  const policy = readPolicy(form.fields.get('policy') ?? '');
  if (now > policy.expiration) throw new S3Error('AccessDenied', 'Invalid according to Policy: Policy expired.');
  checkConditions(policy, new Map([...form.fields, ['bucket', bucket]]), form.file.length);
  return signer;
}

function checkSignature(fields: UploadForm['fields'], secretOf: (accessKeyId: string) => string | undefined): string {
  const parts = fields.get('x-amz-credential')?.split('/') ?? [];
  const scope = parts.slice(-4);
  if (scope.length < 4 || !fields.has('policy')) throw new S3Error('AccessDenied');
  const signer = parts.slice(0, -4).join('/');
  const secret = secretOf(signer);
  if (secret === undefined) throw new S3Error('InvalidAccessKeyId');
  const key = scope.reduce<string | Buffer>(
    (parent, part) => createHmac('sha256', parent).update(part).digest(),
    `AWS4${secret}`,
  );
  const expected = createHmac('sha256', key)
    .update(fields.get('policy') ?? '')
    .digest();
  const given = Buffer.from(fields.get('x-amz-signature') ?? '', 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new S3Error('SignatureDoesNotMatch');
  return signer;
}

function readPolicy(encoded: string): Policy {
  try {
    return policyDocument.parse(JSON.parse(Buffer.from(encoded, 'base64').toString()));
  } catch (cause) {
    throw new S3Error('InvalidPolicyDocument', `Invalid Policy: ${cause}`);
  }
}

function checkConditions({ conditions }: Policy, fields: ReadonlyMap<string, string>, fileBytes: number): void {
  const mentioned = new Set(['bucket', ...unconditional]);
  const check = (isMet: boolean, named: unknown) => {
    const reason = `Invalid according to Policy: Policy Condition failed: ${JSON.stringify(named)}`;
    if (!isMet) throw new S3Error('AccessDenied', reason);
  };
  for (const each of conditions) {
    if (!Array.isArray(each)) {
      for (const [name, value] of Object.entries(each)) {
        mentioned.add(name.toLowerCase());
        check(fields.get(name.toLowerCase()) === value, each);
      }
    } else if (each[0] === 'content-length-range') {
      if (fileBytes < each[1]) throw new S3Error('EntityTooSmall');
      if (fileBytes > each[2]) throw new S3Error('EntityTooLarge');
    } else {
      const name = each[1].slice(1).toLowerCase();
      const value = fields.get(name) ?? '';
      mentioned.add(name);
      check(each[0] === 'eq' ? value === each[2] : value.startsWith(each[2]), each);
    }
  }
  const extra = [...fields.keys()].filter((name) => !mentioned.has(name) && !name.startsWith('x-ignore-'));
  if (extra.length > 0)
    throw new S3Error('AccessDenied', `Invalid according to Policy: Extra input fields: ${extra.join(', ')}`);
}
