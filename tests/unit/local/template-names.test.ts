import { expect, test } from 'vitest';
import { physicalName } from '../../../infra/local/template/physical-names.ts';

test('a resource without a name of its own has the same one at every start', () => {
  expect(physicalName({ stackName: 'roadtrip-local-data', logicalId: 'JobsDF1CC2D4' })).toBe(
    'roadtrip-local-data-jobsdf1cc2d4',
  );
});

test('a long name stays within what a bucket may be called and stays different from its neighbours', () => {
  const logicalId = 'AVeryLongConstructPathThatRepeatsItselfOverAndOverAgainUntilItNoLongerFits';
  const [one, other] = ['1', '2'].map((end) => physicalName({ stackName: 'stack', logicalId: logicalId + end }));
  expect(one).toHaveLength(63);
  expect(one).toMatch(/^stack-averylong[a-z0-9-]+$/);
  expect(one).not.toBe(other);
});
