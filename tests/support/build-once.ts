import { prepareLocalStage } from '../../infra/commands/local-stage.ts';

/** Vitest's global set-up for tests on the local cloud: what it runs is built and synthesized once, before the first of them. */
export default async function buildOnce(): Promise<void> {
  await prepareLocalStage(console.error);
}
