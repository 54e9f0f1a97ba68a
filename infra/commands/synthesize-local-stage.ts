import { createApp } from '../stacks/create-app.ts';
import { localStageFolder } from './local-stage.ts';

/**
 * Writes the cloud assembly that the local cloud runs. Not validated, which takes longer than everything else and is done by
 * `npm run synth`. Functions stay in dist/functions: a copy for each build would be 35 MB for every change.
 */
createApp({
  stage: 'local',
  outdir: localStageFolder,
  validate: false,
  context: { 'aws:cdk:disable-asset-staging': true },
}).synth();
