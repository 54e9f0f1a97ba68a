import { Grant } from 'aws-cdk-lib/aws-iam';
import { acceptFinding } from './accepted-finding.ts';
import type { Configurable } from './configurable.ts';

/**
 * Lets a function have text spoken by Amazon Polly, whose call has no resource but a lexicon, and none is used.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonpolly.html
 */
export function grantVoice(fn: Configurable<never>): void {
  Grant.addToPrincipal({ grantee: fn, actions: ['polly:SynthesizeSpeech'], resourceArns: ['*'] });
  acceptFinding(fn, /^AwsSolutions-IAM5\[Resource::\*\]$/, 'polly:SynthesizeSpeech has no resource to name.');
}
