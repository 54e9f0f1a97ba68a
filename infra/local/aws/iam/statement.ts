import * as z from 'zod';
import { TemplateError } from '../../template/template-error.ts';
import { type Condition, parseConditions } from './condition.ts';
import { wildcard } from './wildcard.ts';

/** Where a statement comes from, as a refusal names it. */
export type PolicyKind = 'identity-based' | 'resource-based';

/** One statement of a policy, ready to be asked. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly kind: PolicyKind;
  /** Whether it is about this action on this resource; its conditions are left aside. */
  covers(action: string, resource: string): boolean;
  readonly conditions: readonly Condition[];
}

const oneOrMore = z.union([z.array(z.string()), z.string().transform((one) => [one])]);

const identityStatement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z.record(z.string(), z.record(z.string(), oneOrMore)).default({}),
});

const resourceStatement = identityStatement.extend({
  Principal: z.union([
    z.literal('*').transform((everybody) => ({ AWS: everybody })),
    z.strictObject({ AWS: z.literal('*') }),
    z.strictObject({ Service: z.string() }),
  ]),
});

const document = <S extends z.ZodType>(statement: S) =>
  z.strictObject({
    Version: z.literal('2012-10-17'),
    Statement: z.union([z.array(statement), statement.transform((one) => [one])]),
  });
const identityPolicy = document(identityStatement);
const resourcePolicy = document(resourceStatement);

/**
 * The statements of a role's policy; `place` names it for errors. Throws TemplateError for an element, operator or condition key that is
 * not known here, so that none is passed over.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
export function parseIdentityPolicy(policy: unknown, place: string): Statement[] {
  return read(identityPolicy, policy, place).Statement.map((each) => createStatement(each, 'identity-based', place));
}

/**
 * What the policy of a queue, bucket or topic forbids everybody. What it lets AWS's own services do is left out: none of them
 * calls over the wire. Throws TemplateError for an element it does not know, and for an Allow to a caller.
 */
export function parseResourcePolicy(policy: unknown, place: string): Statement[] {
  return read(resourcePolicy, policy, place).Statement.flatMap(({ Principal, ...each }) => {
    if ('Service' in Principal && each.Effect === 'Allow') return [];
    if ('AWS' in Principal && each.Effect === 'Deny') return [createStatement(each, 'resource-based', place)];
    throw new TemplateError(`${place}: the local cloud knows no ${each.Effect} to ${JSON.stringify(Principal)}.`);
  });
}

function read<S extends z.ZodType>(schema: S, policy: unknown, place: string): z.output<S> {
  const parsed = schema.safeParse(policy);
  if (parsed.success) return parsed.data;
  throw new TemplateError(`${place} is a policy that the local cloud cannot judge:\n${z.prettifyError(parsed.error)}`);
}

function createStatement(
  { Effect, Action, Resource, Condition }: z.output<typeof identityStatement>,
  kind: PolicyKind,
  place: string,
): Statement {
  const variable = [...Action, ...Resource].find((text) => text.includes('${'));
  if (variable !== undefined)
    throw new TemplateError(`${place}: the local cloud knows no policy variables (${variable}).`);
  const actions = Action.map((pattern) => wildcard(pattern, 'i'));
  const resources = Resource.map((pattern) => wildcard(pattern));
  return {
    effect: Effect,
    kind,
    covers: (action, resource) =>
      actions.some((pattern) => pattern.test(action)) && resources.some((pattern) => pattern.test(resource)),
    conditions: parseConditions(Condition, place),
  };
}
