import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** A function that reads some environment variables: what a grant needs, to give a permission and its setting together. */
export interface Configurable<Variable extends string> extends IGrantable, IConstruct {
  setVariable(name: Variable, value: string): void;
}
