import type { EnvironmentOf } from '../catalog/environment.ts';

type Environment = Pick<EnvironmentOf<'process-job'>, 'STAGE' | 'CALLBACK_TEST_ORIGINS' | 'CALLBACK_TEST_CA'>;

/**
 * Receivers on this machine that the local stage may call: exactly the origins named, as long as their names lead to loopback. Any other stage
 * calls the public internet only, whatever its environment says.
 */
export function testReceivers({ STAGE, CALLBACK_TEST_ORIGINS, CALLBACK_TEST_CA }: Environment): TestReceivers {
  if (STAGE !== 'local') return { origins: [], certificateAuthority: undefined };
  return { origins: CALLBACK_TEST_ORIGINS ?? [], certificateAuthority: CALLBACK_TEST_CA };
}

interface TestReceivers {
  readonly origins: readonly string[];
  readonly certificateAuthority: string | undefined;
}
