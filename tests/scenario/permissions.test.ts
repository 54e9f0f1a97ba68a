import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { hasEnded, jobWhen, submit } from '../support/api-client.ts';
import { stageWithout } from '../support/edited-stage.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

const story = { location: { latitude: 35.1717, longitude: -103.725, name: 'Tucumcari' } };
const logOf = (cloud: TestCloud, name: string) =>
  readFileSync(path.join(cloud.dataFolder, 'logs', `${name}.log`), 'utf8');

describe('a stage whose function', () => {
  it('may not write jobs accepts none, and the log says which permission is missing', async () => {
    await using cloud = await startTestCloud({ cdkOut: stageWithout('SubmitJob', 'dynamodb:PutItem') });
    const answer = await cloud.call('/jobs/story/generate', { body: story });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    const log = logOf(cloud, 'submit-job');
    expect(log).toContain('AccessDeniedException');
    expect(log).toMatch(/is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:[^ ]*:table\//);
  });

  it('may not keep speech does not speak, and the log says which permission is missing', async () => {
    const cdkOut = stageWithout('ProcessVoiceSynthesis', 's3:PutObject');
    await using cloud = await startTestCloud({ cdkOut });
    await submit(cloud, '/jobs/voice/synthesize', { text: 'Turn left at the orchard.' });
    await vi.waitFor(() => expect(logOf(cloud, 'process-voice-synthesis')).toMatch(/AccessDenied.*s3:PutObject/s), {
      timeout: 30_000,
    });
  });

  it('lacks nothing does both', async () => {
    await using cloud = await startTestCloud();
    const spoken = await submit(cloud, '/jobs/voice/synthesize', { text: 'Turn left at the orchard.' });
    const told = await submit(cloud, '/jobs/story/generate', story);
    for (const { job_id } of [spoken, told])
      expect(await jobWhen(cloud, job_id, hasEnded)).toMatchObject({ status: 'completed' });
  });
});
