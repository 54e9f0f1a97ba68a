import { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { StageSettings } from '../stage-settings.ts';
import type { Configurable } from './configurable.ts';

type ModelSettings = StageSettings['model'];

type ModelUser = Configurable<
  'MODEL_ID' | 'MODEL_MAX_TOKENS' | 'MODEL_TEMPERATURE' | 'GUARDRAIL_ID' | 'GUARDRAIL_VERSION'
>;

/** Tells a function which model tells the stories. It may call it only with `grantModel`. */
export function configureModel(fn: ModelUser, { id, maxTokens, temperature, guardrail }: ModelSettings): void {
  fn.setVariable('MODEL_ID', id);
  fn.setVariable('MODEL_MAX_TOKENS', String(maxTokens));
  fn.setVariable('MODEL_TEMPERATURE', String(temperature));
  if (!guardrail) return;
  fn.setVariable('GUARDRAIL_ID', guardrail.id);
  fn.setVariable('GUARDRAIL_VERSION', guardrail.version);
}

/**
 * Lets a function call the stage's model, and its guardrail if there is one. A call names an inference profile, and Bedrock
 * also checks the model itself in each region that the profile may choose.
 */
export function grantModel(fn: ModelUser, { id, guardrail }: ModelSettings): void {
  const stack = Stack.of(fn);
  const profile = stack.formatArn({ service: 'bedrock', resource: 'inference-profile', resourceName: id });
  Grant.addToPrincipal({
    grantee: fn,
    actions: ['bedrock:InvokeModel'],
    resourceArns: [profile, ...modelArns(stack, id)],
  });
  if (!guardrail) return;
  Grant.addToPrincipal({
    grantee: fn,
    actions: ['bedrock:ApplyGuardrail'],
    resourceArns: [stack.formatArn({ service: 'bedrock', resource: 'guardrail', resourceName: guardrail.id })],
  });
}

function modelArns(stack: Stack, profileId: string): readonly string[] {
  const [scope = '', ...rest] = profileId.split('.');
  const regions = regionsByScope[scope];
  if (!regions) throw new Error(`Model ${profileId}: no destination regions are known for profiles "${scope}.".`);
  return regions(stack).map((region) =>
    stack.formatArn({
      service: 'bedrock',
      region,
      account: '',
      resource: 'foundation-model',
      resourceName: rest.join('.'),
    }),
  );
}

/**
 * Where a profile may send a call. A global one sends it to a region that IAM sees as none.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
const regionsByScope: Readonly<Record<string, (stack: Stack) => readonly string[]>> = {
  global: (stack) => [stack.region, ''],
  us: () => ['us-east-1', 'us-east-2', 'us-west-2'],
};
