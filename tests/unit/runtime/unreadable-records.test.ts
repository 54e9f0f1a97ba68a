import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { BatchView } from '../../../shared/catalog/schemas/batch-view.ts';
import { JobView, ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { JobList } from '../../../shared/catalog/schemas/job-lists.ts';
import { newestReadableVersion } from '../../../shared/domain/job.ts';
import { followerId } from '../../../shared/jobs/follower-id.ts';
import { acceptedJob, endedJob, newId } from '../../support/job-builder.ts';
import { ownerNamed, type ReadAnswer, readApi } from '../../support/read-api.ts';
import { submitApi } from '../../support/submit-api.ts';

const owner = ownerNamed('anna');
const newer = { owner, rv: newestReadableVersion + 1 };

let api: ReturnType<typeof readApi>;
beforeEach(() => {
  api = readApi();
});

const place = (fields: Parameters<typeof acceptedJob>[0]) => api.world.store.place(acceptedJob(fields));

const problemOf = ({ body }: ReadAnswer) => ProblemDocument.parse(body);
const withoutInstance = (answer: ReadAnswer) => ({ ...problemOf(answer), instance: '' });

describe('a job that cannot be read', () => {
  it.each(['read_job', 'read_events', 'read_batch'] as const)(
    'is a problem of ours to its owner (%s)',
    async (route) => {
      const { id } = place(newer);
      const answer = await api.ask(route, { params: route === 'read_batch' ? { batch_id: id } : { job_id: id } });
      expect([answer.statusCode, problemOf(answer).code]).toEqual([500, 'record_unreadable']);
      expect(JSON.stringify(answer.body)).not.toMatch(/version|newer|damaged/);
    },
  );

  it('is told to others exactly as one that does not exist', async () => {
    const { id } = place(newer);
    const theirs = await api.ask('read_job', { params: { job_id: id }, as: 'eve' });
    const nobodys = await api.ask('read_job', { params: { job_id: newId() }, as: 'eve' });
    expect(theirs.statusCode).toBe(404);
    expect(withoutInstance(theirs)).toEqual(withoutInstance(nobodys));
  });

  it('is left out of the list of recent jobs, which shows all the others, page after page', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 12; count++) {
      const job = place(count % 4 === 1 ? newer : { owner });
      if (job.rv <= newestReadableVersion) ids.push(job.id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await api.ask('list_recent', { query: { limit: '4', ...(cursor && { cursor }) } });
      expect(answer.statusCode).toBe(200);
      const { jobs, next_cursor } = JobList.parse(answer.body);
      seen.push(...jobs.map(({ job_id }) => job_id));
      cursor = next_cursor;
    } while (cursor);
    expect(seen).toEqual(ids.toReversed());
  });

  it('does not hide the job whose end it was to tell', async () => {
    const job = endedJob('completed', { owner, callback_url: 'https://receiver.example/' });
    api.world.store.place(job);
    place({ ...newer, id: followerId(job, 'callback'), type: 'deliver_webhook' });
    const answer = await api.ask('read_job', { params: { job_id: job.id } });
    expect(answer.statusCode).toBe(200);
    expect(JobView.parse(answer.body).deliveries).toBeUndefined();
  });

  it('is one of its batch whose state is unknown, and the batch can be read', async () => {
    const [good, odd] = [place({ owner }), place(newer)];
    const missing = newId();
    const routes = [{ origin: 'Tucumcari', destination: 'Amarillo', approximate: true, way_points: [] }];
    const stories = [good.id, odd.id, missing].map((job_id) => ({
      job_id,
      route: 0,
      way_point: 0,
      place: 'Tucumcari',
      theme: 'history',
    }));
    const batch = place({
      owner,
      type: 'pregenerate_stories',
      total: 3,
      batch: 'waiting',
      result: { inline: { routes, stories } },
    });
    const answer = await api.ask('read_batch', { params: { batch_id: batch.id } });
    expect(answer.statusCode).toBe(200);
    const { children } = BatchView.parse(answer.body);
    expect(children.map(({ status }) => status)).toEqual(['accepted', 'unknown', 'planned']);
  });
});

describe('a submit whose job cannot be read any more', () => {
  it('is answered as it was accepted, although the caller would have waited for its end', async () => {
    const submits = submitApi();
    submits.holding.meanwhile = async () => {
      for (const job of submits.world.store.heads.values()) submits.world.store.place({ ...job, rv: newer.rv });
    };
    const answer = await submits.post(
      { location: { latitude: 35.17, longitude: -103.72 } },
      { headers: { prefer: 'wait=5' } },
    );
    expect(answer.statusCode).toBe(202);
    expect(z.object({ status: z.string() }).parse(answer.body).status).toBe('accepted');
  });
});
