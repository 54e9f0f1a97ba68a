import { Grant } from 'aws-cdk-lib/aws-iam';
import { acceptFinding } from './accepted-finding.ts';
import type { Configurable } from './configurable.ts';

/**
 * Lets a function read metrics, which have no resource to name.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
 */
export function grantMetrics(fn: Configurable<never>): void {
  Grant.addToPrincipal({ grantee: fn, actions: ['cloudwatch:GetMetricData'], resourceArns: ['*'] });
  acceptFinding(fn, /^AwsSolutions-IAM5\[Resource::\*\]$/, 'cloudwatch:GetMetricData has no resource to name.');
}
