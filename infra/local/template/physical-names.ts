import { createHash } from 'node:crypto';
import type { TemplateResource } from './assembly.ts';

/** The account and region of everything local: an account id that no real account has, and the region that every service has. */
export const local = { accountId: '000000000000', region: 'us-east-1', partition: 'aws' } as const;

/** The shortest of the limits that apply (bucket and function names), kept for every type. */
const longestName = 63;

/**
 * The physical name of a resource that the template leaves unnamed: `<stack>-<logical id>` in lower case. It is the same at
 * every start, because a logical id derives from the construct path, and so the data of an earlier start is found again.
 * A name over 63 characters keeps its beginning and ends in a hash of the whole.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html 3-63 lower-case letters, digits, hyphens
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html 64 characters
 */
export function physicalName(resource: Pick<TemplateResource, 'stackName' | 'logicalId'>): string {
  const name = `${resource.stackName}-${resource.logicalId}`.toLowerCase();
  if (name.length <= longestName) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12);
  return `${name.slice(0, longestName - hash.length - 1)}-${hash}`;
}

/** An ARN in the local account; `resource` is what follows the account id. */
export function localArn(service: string, resource: string): string {
  return `arn:${local.partition}:${service}:${local.region}:${local.accountId}:${resource}`;
}
