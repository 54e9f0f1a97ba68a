import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { verifyWebhook, type WebhookHeaders } from '../../../shared/client/index.ts';

const secret = `whsec_${Buffer.from('a secret of twenty-four bytes or more').toString('base64')}`;
const otherSecret = `whsec_${Buffer.from('another secret of twenty-four bytes').toString('base64')}`;
const id = '01JDHV7Q5W6T1PQ8Z3N4K5M6R7';
const sentAt = new Date('2026-07-04T18:30:43Z');
const body = JSON.stringify({ type: 'job.completed', data: { job_id: id, title: 'Größe' } });

/** Headers as the reference library of Standard Webhooks makes them. */
function headersOf(secrets: readonly string[] = [secret], text = body): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(sentAt.getTime() / 1_000),
    'webhook-signature': secrets.map((each) => new Webhook(each).sign(id, sentAt, text)).join(' '),
  };
}

const verify = (headers: WebhookHeaders, text = body, seconds = 0) =>
  verifyWebhook(headers, text, secret, { now: sentAt.getTime() + seconds * 1_000 });

describe('a webhook', () => {
  it('that is signed right is the event in its body, whatever kind of headers it came with', async () => {
    expect(await verify(headersOf())).toEqual(JSON.parse(body));
    expect(await verify(new Headers(headersOf()))).toEqual(JSON.parse(body));
  });

  it('may carry signatures of other secrets and versions beside the right one', async () => {
    const headers = headersOf([otherSecret, secret]);
    headers['webhook-signature'] = `v1a,AAAA v1, v1,%%% ${headers['webhook-signature']}`;
    expect(await verify(headers)).toEqual(JSON.parse(body));
  });

  it.each([
    ['signed with another secret', headersOf([otherSecret]), body, 'signature_wrong'],
    ['with a changed body', headersOf(), body.replace('completed', 'failed'), 'signature_wrong'],
    ['with a body written anew', headersOf(), JSON.stringify(JSON.parse(body), null, 1), 'signature_wrong'],
    ['under another id', { ...headersOf(), 'webhook-id': 'other' }, body, 'signature_wrong'],
    [
      'with another time',
      { ...headersOf(), 'webhook-timestamp': String(sentAt.getTime() / 1_000 + 1) },
      body,
      'signature_wrong',
    ],
    ['without a signature of ours', { ...headersOf(), 'webhook-signature': 'v1a,AAAA' }, body, 'signature_wrong'],
    ['that is signed, and no JSON', headersOf([secret], 'hello'), 'hello', 'body_wrong'],
    ['that is signed, and no event', headersOf([secret], '[]'), '[]', 'body_wrong'],
    ['without a time', { ...headersOf(), 'webhook-timestamp': 'now' }, body, 'time_wrong'],
    ['without an id', { ...headersOf(), 'webhook-id': '' }, body, 'header_missing'],
    ['without a signature', { ...headersOf(), 'webhook-signature': undefined }, body, 'header_missing'],
  ] as const)('%s is refused', async (_, headers, text, code) => {
    await expect(verify(headers, text)).rejects.toMatchObject({ name: 'WebhookVerificationError', code });
  });

  it.each([
    'v1',
    'v1,',
    'v1,A',
    'v1,abcde',
    'v1,AA=',
    'v1,A===',
    `v1,${'A'.repeat(45)}`,
    `v1,${'A'.repeat(43)}`,
    ' ',
    ',',
  ])('whose signature is "%s" is refused like any other, and nothing else is thrown', async (signature) => {
    await expect(verify({ ...headersOf(), 'webhook-signature': signature })).rejects.toMatchObject({
      name: 'WebhookVerificationError',
      code: 'signature_wrong',
    });
  });

  it('is refused once it is more than five minutes old, or that far in the future', async () => {
    expect(await verify(headersOf(), body, 300)).toBeDefined();
    expect(await verify(headersOf(), body, -300)).toBeDefined();
    await expect(verify(headersOf(), body, 301)).rejects.toMatchObject({ code: 'time_wrong' });
    await expect(verify(headersOf(), body, -301)).rejects.toMatchObject({ code: 'time_wrong' });
  });
});
