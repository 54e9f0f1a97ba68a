import { TemplateError } from '../../template/template-error.ts';
import { wildcard } from './wildcard.ts';

/** What a call says about itself, by condition key. Every key may have several values. */
export type Context = Readonly<Partial<Record<ConditionKey, readonly string[]>>>;

/** Whether a call meets one line of a Condition; `context` is asked only for keys that depend on the call. */
export type Condition = (context: () => Context) => boolean;

/** The keys that the templates use. */
const conditionKeys = ['aws:SecureTransport', 'dynamodb:LeadingKeys'] as const;
type ConditionKey = (typeof conditionKeys)[number];

type Operator = (wanted: readonly string[]) => (values: readonly string[]) => boolean;

/**
 * The operators that the templates use.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  [
    'Bool',
    (wanted) =>
      ([value]) =>
        wanted.some((one) => one.toLowerCase() === value),
  ],
  [
    'ForAllValues:StringLike',
    (wanted) => {
      const patterns = wanted.map((one) => wildcard(one));
      return (values) => values.every((value) => patterns.some((pattern) => pattern.test(value)));
    },
  ],
]);

/** Loopback counts as secure: nobody else hears it, and a listener with TLS would only be in the way. */
const secureTransport = ['true'];

/** All of them must be met. Throws TemplateError for an operator or a key that is not known. */
export function parseConditions(
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  place: string,
): Condition[] {
  return Object.entries(conditions).flatMap(([operatorName, tests]) =>
    Object.entries(tests).map(([keyName, wanted]): Condition => {
      const operator = operators.get(operatorName);
      const key = conditionKeys.find((each) => each === keyName);
      if (operator === undefined || key === undefined || wanted.some((one) => one.includes('${'))) {
        const condition = JSON.stringify({ [operatorName]: { [keyName]: wanted } });
        throw new TemplateError(`${place}: the local cloud does not know the condition ${condition}.`);
      }
      const isMet = operator(wanted);
      return (context) => isMet((key === 'aws:SecureTransport' ? secureTransport : context()[key]) ?? []);
    }),
  );
}
