import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, describe, expect, it } from 'vitest';
import { createSes } from '../../infra/local/aws/ses/ses.ts';
import { createSns } from '../../infra/local/aws/sns/sns.ts';
import { systemClock } from '../../infra/local/clock.ts';
import { OutgoingMessages } from '../../infra/local/outgoing-messages.ts';
import { startAwsEndpoint } from '../../infra/local/server/aws-endpoint.ts';
import { SesMailer } from '../../shared/adapters/ses/ses-mailer.ts';
import { SnsPushSender } from '../../shared/adapters/sns/sns-push-sender.ts';
import type { Mailer, PushSender, SendAnswer } from '../../shared/domain/notification.ts';
import { FakeMessages } from '../support/message-fakes.ts';
import { cutOff, startScriptedHttp } from '../support/scripted-http.ts';

const messages = new OutgoingMessages(mkdtempSync(path.join(tmpdir(), 'messages-')), systemClock);
const credentials = { accessKeyId: 'LOCALKEY', secretAccessKey: 'secret' };
const endpoint = await startAwsEndpoint({
  services: [createSns(messages), createSes(messages)],
  secretOf: () => credentials.secretAccessKey,
  host: '127.0.0.1',
  port: 0,
  clock: systemClock,
});
const configuration = { endpoint: endpoint.url, region: 'us-east-1', maxAttempts: 1, credentials };
const sns = new SNSClient(configuration);
const ses = new SESv2Client(configuration);
const push = new SnsPushSender(sns);
const mailer = new SesMailer(ses, { from: 'hello@mail.example.com', contactList: 'roadtrip-jobs' });
afterAll(async () => {
  sns.destroy();
  ses.destroy();
  await endpoint.close();
});

const { signal } = new AbortController();
const arn = (id: string, platform = 'GCM', account = '000000000000') =>
  `arn:aws:sns:us-east-1:${account}:endpoint/${platform}/roadtrip/${id}`;
const sentTo = (to: string) => messages.all().filter((message) => message.to === to);

/** An address at which nobody listens. */
async function nowhere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

interface Senders {
  readonly push: PushSender;
  readonly mailer: Mailer;
  /** Has the service answer so when a message is for the target. */
  answers(target: string, answer: SendAnswer): void;
  /** How many messages for the target the service has taken. */
  taken(target: string): number;
}

const throttled = { status: 'not_now', reason: 'throttled' } as const;
const unavailable = { status: 'not_now', reason: 'unavailable' } as const;

/** What every sender promises (shared/domain/notification.ts): the answers that it may give, and what each says of the message. */
function describeSenders(name: string, { push, mailer, answers, taken }: Senders): void {
  describe(name, () => {
    it.each<[string, SendAnswer, number]>([
      [arn('contract'), { status: 'sent' }, 1],
      [arn('unanswered'), { status: 'unconfirmed' }, 1],
      [arn('refused'), { status: 'refused', reason: 'endpoint_disabled' }, 0],
      [arn('throttled'), throttled, 0],
      [arn('unavailable'), unavailable, 0],
    ])('answer what the service says to a push to %s: %j', async (endpoint, answer, times) => {
      const before = taken(endpoint);
      answers(endpoint, answer);
      const answered = await push.send({ endpoint, title: 'Ready', body: 'Twelve', data: {} }, signal);
      expect(answered).toMatchObject(answer);
      expect(taken(endpoint) - before).toBe(times);
    });

    it.each<[string, SendAnswer, number]>([
      ['contract@example.com', { status: 'sent' }, 1],
      ['unanswered@example.com', { status: 'unconfirmed' }, 1],
      ['suppressed@example.com', { status: 'suppressed' }, 0],
      ['unsubscribed@example.com', { status: 'unsubscribed' }, 0],
      ['refused@example.com', { status: 'refused', reason: 'address_refused' }, 0],
      ['throttled@example.com', throttled, 0],
      ['unavailable@example.com', unavailable, 0],
    ])('answer what the service says to a mail to %s: %j', async (address, answer, times) => {
      const before = taken(address);
      answers(address, answer);
      const mail = { address, subject: 'Ready', body: 'Twelve', topic: 'offers' } as const;
      expect(await mailer.send(mail, signal)).toMatchObject(answer);
      expect(taken(address) - before).toBe(times);
    });

    it('reject when they are stopped, and name why', async () => {
      const stopped = AbortSignal.abort('deadline');
      const message = { title: 'Ready', body: 'Twelve', data: {} };
      await expect(push.send({ endpoint: arn('contract'), ...message }, stopped)).rejects.toBe('deadline');
      const mail = { address: 'contract@example.com', subject: 'Ready', body: 'Twelve' };
      await expect(mailer.send(mail, stopped)).rejects.toBe('deadline');
    });
  });
}

const fake = new FakeMessages();
describeSenders('senders in memory', {
  push: fake.push,
  mailer: fake.mailer,
  answers: (target, answer) => fake.script(target, answer),
  taken: (target) => fake.taken.filter((each) => each === target).length,
});

describeSenders('senders over Amazon SNS and SES', {
  push,
  mailer,
  answers: () => {}, // the stand-ins know these targets
  taken: (target) => sentTo(target).length,
});

describe('a push', () => {
  const text = { title: 'Ready', body: 'Twelve stories & <more>', data: { story: '7' } };

  it('reaches an Android device in the form of FCM, with its collapse key', async () => {
    const answer = await push.send({ endpoint: arn('pixel'), ...text, collapseKey: 'stories' }, signal);
    const [sent] = sentTo(arn('pixel'));
    expect(answer).toEqual({ status: 'sent', message_id: sent?.id });
    expect(sent?.content.payload).toEqual({
      fcmV1Message: {
        message: {
          notification: { title: text.title, body: text.body },
          data: text.data,
          android: { collapse_key: 'stories', notification: { tag: 'stories' } },
        },
      },
    });
  });

  it.each(['APNS', 'APNS_SANDBOX'])(
    'reaches a device of %s in the form of APNs, with its collapse id',
    async (platform) => {
      await push.send({ endpoint: arn('iphone', platform), ...text, collapseKey: 'stories' }, signal);
      expect(sentTo(arn('iphone', platform))[0]?.content).toMatchObject({
        payload: { aps: { alert: { title: text.title, body: text.body } }, story: '7' },
        attributes: { 'AWS.SNS.MOBILE.APNS.COLLAPSE_ID': 'stories', 'AWS.SNS.MOBILE.APNS.PUSH_TYPE': 'alert' },
      });
    },
  );

  it.each([
    [arn('pixel', 'GCM', '999999999999'), { status: 'refused', reason: 'endpoint_unknown' }],
    ['arn:aws:sns:us-east-1:000000000000:endpoint/ADM/roadtrip/1', { status: 'refused', reason: 'endpoint_unknown' }],
  ])('to %s is not taken, and the answer says what to do', async (target, answer) => {
    const before = sentTo(target).length;
    expect(await push.send({ endpoint: target, ...text }, signal)).toMatchObject(answer);
    expect(sentTo(target)).toHaveLength(before);
  });

  it('that never got to the service may be sent again, and one with wrong credentials once somebody has seen to them', async () => {
    const lost = new SNSClient({ ...configuration, endpoint: await nowhere() });
    const stranger = new SNSClient({ ...configuration, credentials: { ...credentials, secretAccessKey: 'wrong' } });
    const message = { endpoint: arn('pixel'), ...text };
    const unavailable = { status: 'not_now', reason: 'unavailable', exception: 'ECONNREFUSED' };
    expect(await new SnsPushSender(lost).send(message, signal)).toMatchObject(unavailable);
    expect(await new SnsPushSender(stranger).send(message, signal)).toMatchObject({
      status: 'not_now',
      reason: 'misconfigured',
    });
  });

  it('whose refusal was cut off before it said what it refuses was not taken, and may be sent again', async () => {
    const service = await startScriptedHttp();
    service.answer = () => cutOff(400);
    const cut = new SNSClient({ ...configuration, endpoint: service.url });
    const answer = await new SnsPushSender(cut).send({ endpoint: arn('pixel'), ...text }, signal);
    expect(answer).toMatchObject({ status: 'not_now', reason: 'unavailable' });
    cut.destroy();
    await service.close();
  });

  it('rejects when it is stopped, since nobody knows what became of it', async () => {
    await expect(push.send({ endpoint: arn('pixel'), ...text }, AbortSignal.abort('deadline'))).rejects.toBe(
      'deadline',
    );
  });

  it('is all that the stand-in knows of SNS', async () => {
    const toTopic = new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:alarms', Message: 'x' });
    await expect(sns.send(toTopic)).rejects.toMatchObject({ name: 'NotImplemented' });
  });
});

describe('a mail', () => {
  const mail = { subject: 'Grüße', body: 'Zwölf Geschichten.' };

  it('is sent as it is, without anything to unsubscribe from', async () => {
    const answer = await mailer.send({ address: 'ada@example.com', ...mail }, signal);
    const [sent] = sentTo('ada@example.com');
    expect(answer).toEqual({ status: 'sent', message_id: sent?.id });
    expect(sent).toMatchObject({
      delivered: true,
      content: { from: 'hello@mail.example.com', subject: mail.subject, text: mail.body },
    });
    expect(sent?.content.topic).toBeUndefined();
  });

  it('about a topic is sent under that topic and says how to unsubscribe', async () => {
    await mailer.send({ address: 'bob@example.com', ...mail, topic: 'stories' }, signal);
    expect(sentTo('bob@example.com')[0]?.content).toMatchObject({ topic: 'stories' });
    expect(sentTo('bob@example.com')[0]?.content.text).toContain('{{amazonSESUnsubscribeUrl}}');
  });

  it.each(['GetSuppressedDestination', 'GetContact'])(
    'whose sender is stopped while it looks up (%s) was not taken, and may be sent again',
    async (lookUp) => {
      const stop = new AbortController();
      const client = new SESv2Client(configuration);
      client.middlewareStack.add(
        (next, { commandName }) =>
          (args) => {
            if (commandName === `${lookUp}Command`) stop.abort('time_out');
            return next(args);
          },
        { step: 'initialize' },
      );
      const stopped = new SesMailer(client, { from: 'hello@mail.example.com', contactList: 'roadtrip-jobs' });
      const address = `${lookUp}@example.com`;
      const sending = stopped.send({ address, ...mail, topic: 'stories' }, stop.signal);
      expect(await sending).toEqual({ status: 'not_now', reason: 'unavailable' });
      expect(sentTo(address)).toEqual([]);
      client.destroy();
    },
  );

  it('about the traveller’s own business reaches who has unsubscribed from the rest', async () => {
    expect(await mailer.send({ address: 'unsubscribed@example.com', ...mail }, signal)).toMatchObject({
      status: 'sent',
    });
  });
});
