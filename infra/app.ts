import { createApp } from './stacks/create-app.ts';

/** What the CDK CLI runs: `npx cdk synth -c stage=prod`. */
createApp().synth();
