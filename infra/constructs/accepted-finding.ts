import type { IConstruct } from 'constructs';

/** A finding of a security rule that is right in general and not here. */
export interface AcceptedFinding {
  /** Matched against the rule's full name, for instance `AwsSolutions-IAM5[Resource::*]`. */
  readonly finding: RegExp;
  /** The construct that it holds for, and all below it. */
  readonly path: string;
  /** Why it is right here: read by whoever reviews the exceptions. */
  readonly reason: string;
}

const findingsByConstruct = new WeakMap<IConstruct, AcceptedFinding[]>();

/** Accepts a finding on one construct. Stands beside the code that causes it; synthesis fails when nothing does any more. */
export function acceptFinding(construct: IConstruct, finding: RegExp, reason: string): void {
  const findings = findingsByConstruct.get(construct) ?? [];
  if (findings.some((known) => known.finding.source === finding.source)) return;
  findingsByConstruct.set(construct, [...findings, { finding, path: construct.node.path, reason }]);
}

/** Every accepted finding in a construct tree. */
export function acceptedFindings(root: IConstruct): readonly AcceptedFinding[] {
  return root.node.findAll().flatMap((construct) => findingsByConstruct.get(construct) ?? []);
}
