import { createApp } from './stacks/create-app.ts';

/** What the CDK CLI runs: `npx cdk synth -c stage=prod`. A mistake in the stage is one line, not a stack. */
try {
  createApp().synth();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
