import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runModel } from './model/run-model.ts';

it('whatever happens to the whole service in whatever order, it does as the model says', async () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'roadtrip-model-'));
  const report = await runModel(dataFolder, { runs: 4, seed: 20_261_125, print: () => {} });
  expect(report.broken).toBeUndefined();
  expect(report.ended.get('completed')).toBeGreaterThan(0);
});
