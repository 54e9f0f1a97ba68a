import * as z from 'zod';
import type { Principal } from './aws/iam/callers.ts';
import { createDecider } from './aws/iam/decide.ts';
import { parseIdentityPolicy, parseResourcePolicy, type Statement } from './aws/iam/statement.ts';
import { ignored, readProperties } from './read-properties.ts';
import { local } from './template/physical-names.ts';
import type { ResolvedResource, ResolvedTemplate } from './template/resolve.ts';
import { TemplateError } from './template/template-error.ts';

/** What the template's roles may do. */
export interface Permissions {
  /** Somebody in a role, such as a function. Throws TemplateError for a role that is not in the template or has what is not known here. */
  principal(roleArn: string, session: string): Principal;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html; a permissions boundary is refused. */
const RoleProperties = z.strictObject({
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  AssumeRolePolicyDocument: ignored,
  Description: ignored,
  MaxSessionDuration: ignored,
  RoleName: ignored,
  Tags: ignored,
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html */
const PolicyProperties = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });

/** AWS's own policies that allow nothing but to write logs and traces, which no stand-in takes. */
const managedForLogs = ['AWSLambdaBasicExecutionRole', 'AWSXRayDaemonWriteAccess'];

const identityPolicies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];
const resourcePolicies = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'];

/** Reads all policies of the template. Throws TemplateError for one that cannot be judged, naming what is not known in it. */
export function readPermissions(template: ResolvedTemplate): Permissions {
  const roles = new Map(template.resourcesOf('AWS::IAM::Role').map((role) => [roleArn(role.name), role]));
  const attached = template.resourcesOf(...identityPolicies).flatMap((policy) => {
    const { PolicyDocument, Roles } = readProperties(PolicyProperties, policy);
    const statements = parseIdentityPolicy(PolicyDocument, placeOf(policy));
    return Roles.map((role) => ({ role, statements }));
  });
  const forEverybody = template
    .resourcesOf(...resourcePolicies)
    .flatMap((policy) => parseResourcePolicy(policy.properties.PolicyDocument, placeOf(policy)));
  return {
    principal(arn, session) {
      const role = roles.get(arn);
      if (role === undefined) throw new TemplateError(`${session}: there is no role ${arn} in the template.`);
      const own = attached.filter((policy) => policy.role === role.name).flatMap(({ statements }) => statements);
      return {
        arn: `arn:${local.partition}:sts::${local.accountId}:assumed-role/${role.name}/${session}`,
        refusalOf: createDecider([...inlineStatements(role), ...own, ...forEverybody]),
      };
    },
  };
}

function inlineStatements(role: ResolvedResource): Statement[] {
  const { Policies, ManagedPolicyArns } = readProperties(RoleProperties, role);
  const unknown = ManagedPolicyArns.find((arn) => !managedForLogs.includes(arn.split('/').at(-1) ?? ''));
  if (unknown !== undefined) {
    throw new TemplateError(`${placeOf(role)}: the local cloud does not know what ${unknown} allows.`);
  }
  return Policies.flatMap(({ PolicyName, PolicyDocument }) =>
    parseIdentityPolicy(PolicyDocument, `${placeOf(role)} (${PolicyName})`),
  );
}

function roleArn(name: string): string {
  return `arn:${local.partition}:iam::${local.accountId}:role/${name}`;
}

function placeOf({ stackName, logicalId }: ResolvedResource): string {
  return `${stackName}/${logicalId}`;
}
