/**
 * The alarms and topics of a template, from a failing function to whoever is told of it. Sources:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type CloudOptions, type LocalCloud, startCloud } from '../../infra/local/cloud.ts';
import type { TemplateDraft } from '../support/assembly-builder.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startNotificationReceiver } from '../support/notification-receiver.ts';
import { writeThingAssembly } from '../support/thing-assembly.ts';

type Resources = NonNullable<TemplateDraft['Resources']>;

let cloud: LocalCloud | undefined;
afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});

// Signatures and tokens are made by the machine's clock, and good for a quarter of an hour.
let clock: ManualClock;

async function start(more: Resources, options: Partial<CloudOptions> = {}): Promise<LocalCloud> {
  clock = new ManualClock(Date.now());
  cloud = await startCloud({
    cdkOut: writeThingAssembly({ more }),
    dataFolder: mkdtempSync(path.join(tmpdir(), 'cloud-')),
    httpPort: 0,
    clock,
    log: () => {},
    ...options,
  });
  return cloud;
}

/** A minute passes while nothing runs: what runs would be stopped at its time-out. */
const nextMinute = () => clock.advance(60_000);

const stateOf = (name: string) => cloud?.alarms().find((alarm) => alarm.name === name)?.state;

const storeErrors: Resources[string] = {
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    AlarmName: 'store-errors',
    AlarmDescription: 'Things are not stored.',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'StoreThing' } }],
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  },
};

const incident: Resources[string] = {
  Type: 'AWS::CloudWatch::CompositeAlarm',
  Properties: {
    AlarmName: 'incident',
    AlarmRule: { 'Fn::Join': ['', ['ALARM("', { 'Fn::GetAtt': ['StoreErrors', 'Arn'] }, '")']] },
    AlarmActions: [{ Ref: 'Pages' }],
    OKActions: [{ Ref: 'Pages' }],
  },
};

const pages: Resources[string] = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'pages' } };

const subscription = (Protocol: string, Endpoint: unknown): Resources[string] => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'Pages' }, Protocol, Endpoint },
});

const failOnce = async () => {
  const result = await cloud?.invoke('store-thing', { Records: [{ body: 'no JSON' }] });
  expect(result?.status).toBe('failed');
};

test('a function that fails sets its alarm off, and whoever is subscribed is told, until it is over', async () => {
  await using receiver = await startNotificationReceiver();
  const changes: string[] = [];
  await start(
    {
      StoreErrors: storeErrors,
      Incident: incident,
      Pages: pages,
      ToPager: subscription('http', receiver.url),
      ToFunction: subscription('lambda', { 'Fn::GetAtt': ['ReconcileJobs', 'Arn'] }),
    },
    { onAlarm: ({ alarm, from }) => changes.push(`${alarm.name} ${from} → ${alarm.state}`) },
  );
  nextMinute();
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
  expect(stateOf('incident')).toBe('OK');

  await failOnce();
  nextMinute();
  expect(cloud?.alarms()).toMatchObject([
    { name: 'store-errors', state: 'ALARM', reason: 'Errors by 1 min: 1 (alarm: 1 of 1 at least 1)' },
    { name: 'incident', state: 'ALARM', reason: 'In ALARM: store-errors.' },
  ]);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(2));
  const topicArn = 'arn:aws:sns:us-east-1:000000000000:pages';
  expect(receiver.received[1]).toMatchObject({
    Type: 'Notification',
    TopicArn: topicArn,
    Subject: 'ALARM: "incident" in us-east-1',
    Message: {
      AlarmName: 'incident',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:incident',
      OldStateValue: 'OK',
      NewStateValue: 'ALARM',
      AlarmRule: 'ALARM("arn:aws:cloudwatch:us-east-1:000000000000:alarm:store-errors")',
    },
    headers: { 'x-amz-sns-message-type': 'Notification', 'x-amz-sns-topic-arn': topicArn },
  });

  await vi.waitFor(async () => {
    const stored = await (await fetch(`${cloud?.apiUrl}/things/reconciled`)).text();
    expect(stored).toContain('aws:sns');
    expect(stored).toContain('OldStateValue\\":\\"OK');
  });
  for (let passed = 0; passed < 3; passed += 1) nextMinute();
  expect([stateOf('store-errors'), stateOf('incident')]).toEqual(['OK', 'OK']);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(3));
  expect(changes.filter((change) => change.startsWith('incident'))).toEqual([
    'incident INSUFFICIENT_DATA → OK',
    'incident OK → ALARM',
    'incident ALARM → OK',
  ]);
});
