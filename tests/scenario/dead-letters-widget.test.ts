import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { UploadForm } from '../../shared/catalog/schemas/image.ts';
import { hasEnded, jobWhen, submit } from '../support/api-client.ts';
import { startTestCloud, type TestCloud } from '../support/local-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.close());

/** What CloudWatch shows in the dashboard. */
async function widget(event: unknown): Promise<string> {
  const result = await cloud.invoke('show-dead-letters', event);
  expect(result.status).toBe('succeeded');
  return z.string().parse(result.status === 'succeeded' ? result.payload : undefined);
}

describe('the dashboard’s widget of failed jobs', () => {
  it('shows them by queue, and its button gives them another life', async () => {
    const context = { widgetContext: { dashboardName: 'operations', accountId: '000000000000' } };
    expect(await widget(context)).toContain('No failed jobs.');
    const form = UploadForm.parse(
      await (await cloud.call('/uploads', { body: { content_type: 'image/jpeg' } })).json(),
    );
    const { job_id } = await submit(cloud, '/jobs/image/process', { upload_key: form.upload_key });
    const failed = await jobWhen(cloud, job_id, hasEnded);
    expect(failed.status).toBe('failed');

    const page = await widget(context);
    expect(page).toContain('<td>image_processing</td><td>1</td>');
    const button = /<cwdb-action [^>]*endpoint="[^"]+"[^>]*>(.*?)<\/cwdb-action>/.exec(page);
    const pressed = await widget({
      ...z.record(z.string(), z.unknown()).parse(JSON.parse(button?.[1] ?? '')),
      ...context,
    });
    expect(pressed).toContain('1 jobs of image_processing were given another life.');
    const events = await (await cloud.call(`/jobs/events/${job_id}`)).text();
    expect(events.match(/"status":"accepted"/g), 'accepted twice').toHaveLength(2);
  });
});
