import type { Callers, Credentials, Principal } from './aws/iam/callers.ts';
import { functionName } from './cloud-functions.ts';
import { type Permissions, readPermissions } from './cloud-permissions.ts';
import type { Endpoints } from './cloud-services.ts';
import { readMappings, readSchedules } from './cloud-triggers.ts';
import type { ResolvedTemplate } from './template/resolve.ts';
import { TemplateError } from './template/template-error.ts';

export interface AccessOptions {
  readonly callers: Pick<Callers, 'admit'>;
  readonly endpoints: Endpoints;
  /** Given where an endpoint leads to AWS itself. */
  readonly credentials: Credentials | undefined;
  readonly log: (line: string) => void;
}

/**
 * Answers who a function is at AWS, by its name and its role's ARN: credentials of its own, which may do what the role's policies allow. An
 * SDK has one pair for all services, so with a service on AWS every function is whoever was given, and nothing is refused here.
 * Throws TemplateError for policies that cannot be judged, and for a trigger whose role may not do its work.
 */
export function createAccess(template: ResolvedTemplate, options: AccessOptions) {
  const { callers, endpoints, credentials, log } = options;
  const permissions = readPermissions(template);
  checkTriggers(template, permissions);
  const replaced = Object.keys(endpoints);
  if (credentials === undefined || replaced.length === 0) {
    return (name: string, roleArn: string) => callers.admit(permissions.principal(roleArn, name));
  }
  log(
    `Functions call with your AWS keys, because ${replaced.join(' and ')} may be on AWS: their roles are not enforced.`,
  );
  return () => credentials;
}

/** What a poller does in a function's name: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions */
const polling = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

/** What services do in a role's name never goes over the wire here, so it is checked once. */
function checkTriggers(template: ResolvedTemplate, permissions: Permissions): void {
  const functions = template.resourcesOf('AWS::Lambda::Function');
  for (const { name, FunctionName, EventSourceArn } of readMappings(template)) {
    const target = functionName(FunctionName);
    const roleArn = functions.find((each) => each.name === target)?.properties.Role;
    const poller = permissions.principal(String(roleArn), target);
    for (const action of polling) requireAllowed(name, poller, action, EventSourceArn);
  }
  for (const { name, Target } of readSchedules(template)) {
    requireAllowed(name, permissions.principal(Target.RoleArn, name), 'lambda:InvokeFunction', Target.Arn);
  }
}

function requireAllowed(trigger: string, { arn, refusalOf }: Principal, action: string, resource: string): void {
  if (refusalOf({ action, resource }) === undefined) return;
  throw new TemplateError(`${trigger}: ${arn} is not authorized to perform: ${action} on resource: ${resource}.`);
}
