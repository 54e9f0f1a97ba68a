import { expect, it } from 'vitest';
import { testReceivers } from '../../../shared/runtime/test-receivers.ts';

const named = { CALLBACK_TEST_ORIGINS: ['https://localhost:4643'], CALLBACK_TEST_CA: 'a certificate' };

it('lets the local stage call the receivers that its environment names', () => {
  expect(testReceivers({ STAGE: 'local', ...named })).toEqual({
    origins: ['https://localhost:4643'],
    certificateAuthority: 'a certificate',
  });
  expect(testReceivers({ STAGE: 'local' }).origins).toEqual([]);
});

it.each(['dev', 'staging', 'prod'])('lets the stage %s call none, whatever its environment says', (STAGE) => {
  expect(testReceivers({ STAGE, ...named }).origins).toEqual([]);
});
