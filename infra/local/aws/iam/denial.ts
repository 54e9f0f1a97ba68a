import { AwsFailure } from '../../server/aws-failure.ts';
import type { AwsService } from '../../server/aws-service.ts';
import type { Need, Refusal } from './decide.ts';

type ServiceName = AwsService['signingName'];

/** How services differ from `AccessDeniedException` with 403. */
const forms: Readonly<Partial<Record<ServiceName, { readonly code?: string; readonly status?: number }>>> = {
  dynamodb: { status: 400 },
  ssm: { status: 400 },
  s3: { code: 'AccessDenied' },
  sns: { code: 'AuthorizationError' },
};

/** SQS and SNS spell actions their own way. */
const spellings: Readonly<Partial<Record<ServiceName, (action: string) => string>>> = {
  sqs: (action) => action.toLowerCase(),
  sns: (action) => action.replace('sns:', 'SNS:'),
};

/**
 * The refusal of a need, as the service words it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDenied(
  service: ServiceName,
  caller: string,
  { action, resource }: Need,
  { deniedBy }: Refusal,
): AwsFailure {
  const { code = 'AccessDeniedException', status = 403 } = forms[service] ?? {};
  const spelled = spellings[service]?.(action) ?? action;
  const shown = service === 's3' ? `"${resource}"` : resource;
  const reason = deniedBy
    ? `with an explicit deny in ${deniedBy === 'identity-based' ? 'an' : 'a'} ${deniedBy} policy`
    : `because no identity-based policy allows the ${spelled} action`;
  const message = `User: ${caller} is not authorized to perform: ${spelled} on resource: ${shown} ${reason}`;
  return new AwsFailure(code, message, { status });
}
