import type { IPolicyValidationContext, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { type AcceptedFinding, acceptedFindings } from './accepted-finding.ts';

/**
 * cdk-nag's AwsSolutions rules, less the findings that a construct has accepted with a reason (`acceptFinding`).
 * An acceptance that matches nothing is a finding itself, so that no exception outlives its cause.
 *
 * cdk-nag's own acknowledgements need the finding's exact id, which contains a rendered ARN and differs before and after
 * cross-stack references are resolved.
 */
export class ProjectNag extends AwsSolutionsChecks {
  readonly #root: IConstruct;

  constructor(root: IConstruct) {
    super(root);
    this.#root = root;
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = super.validate(context);
    const accepted = acceptedFindings(this.#root);
    const used = new Set<AcceptedFinding>();
    const remaining = report.violations.flatMap((violation) => withoutAccepted(violation, accepted, used));
    const violations = [...remaining, ...accepted.filter((finding) => !used.has(finding)).map(unusedAcceptance)];
    return { ...report, success: violations.length === 0, violations };
  }
}

/** The violation with the resources that nobody has accepted; none when all were. Notes which acceptances were used. */
function withoutAccepted(
  violation: PolicyViolation,
  accepted: readonly AcceptedFinding[],
  used: Set<AcceptedFinding>,
): readonly PolicyViolation[] {
  const violatingResources = violation.violatingResources.filter(({ constructPath = '' }) => {
    const match = accepted.find(
      ({ finding, path }) => finding.test(violation.ruleName) && isWithin(constructPath, path),
    );
    if (match) used.add(match);
    return match === undefined;
  });
  return violatingResources.length > 0 ? [{ ...violation, violatingResources }] : [];
}

function unusedAcceptance({ finding, path, reason }: AcceptedFinding): PolicyViolation {
  return {
    ruleName: 'UnusedAcceptedFinding',
    description: `${path} accepts ${finding.source} ("${reason}"), but nothing there has that finding: remove it.`,
    violatingResources: [{ constructPath: path, locations: [] }],
  };
}

function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}
