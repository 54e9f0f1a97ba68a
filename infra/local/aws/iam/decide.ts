import type { Context } from './condition.ts';
import type { PolicyKind, Statement } from './statement.ts';

/** One permission that a call needs. */
export interface Need {
  /** As policies write it: `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resources. */
  readonly resource: string;
  /** Read only if a statement that covers the need has conditions. */
  readonly context?: () => Context;
}

/** Why a need is not met: a statement of such a policy denies it, or none allows it. */
export interface Refusal {
  readonly deniedBy: PolicyKind | undefined;
}

/** Answers undefined if the need is met. */
export type Decider = (need: Need) => Refusal | undefined;

/** S3 keys are many, and none of them is asked for often. */
const mostKnown = 10_000;

const noContext = () => ({});

/**
 * Judges needs by these statements: what one of them denies is denied, else what one of them allows is allowed, and nothing else. Which
 * statements cover an action on a resource is worked out once; their conditions are asked each time.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-id-rdp.html
 */
export function createDecider(statements: readonly Statement[]): Decider {
  const known = new Map<string, readonly Statement[]>();
  const covering = ({ action, resource }: Need) => {
    const name = `${action} ${resource}`;
    const found = known.get(name);
    if (found) return found;
    const worked = statements.filter((each) => each.covers(action, resource));
    if (known.size >= mostKnown) known.clear();
    known.set(name, worked);
    return worked;
  };
  return (need) => {
    const { context = noContext } = need;
    const applying = covering(need).filter(({ conditions }) => conditions.every((isMet) => isMet(context)));
    const denial = applying.find(({ effect }) => effect === 'Deny');
    if (!denial && applying.length > 0) return undefined;
    return { deniedBy: denial?.kind };
  };
}
