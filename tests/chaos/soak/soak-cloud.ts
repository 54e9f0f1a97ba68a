import { parseArgs } from 'node:util';
import { localStageFolder } from '../../../infra/commands/local-stage.ts';
import { systemClock } from '../../../infra/local/clock.ts';
import { startCloud } from '../../../infra/local/cloud.ts';
import type { Call } from '../../../infra/local/faults/call.ts';
import { createFaultKit, killCaller, type Rule } from '../../../infra/local/faults/fault-kit.ts';
import { cutAnswer, failAfterwards, refuse, throttle } from '../../../infra/local/faults/faults.ts';
import { deliverTwice } from '../../../infra/local/faults/sqs-faults.ts';
import { owners } from './soak-plan.ts';

/** What the soaked cloud tells the process that drives it. */
export type SoakReport =
  | { readonly kind: 'ready'; readonly apiUrl: string; readonly tokens: Readonly<Record<string, string>> }
  /** The provider carried out a call about a planned job; `unheard`: and the worker will not hear that it did. */
  | { readonly kind: 'carried_out' | 'unheard'; readonly service: string; readonly job: string }
  | { readonly kind: 'harm'; readonly what: string };

// A Ctrl-C in a terminal is sent here too; the process that drives this one decides what comes of it, and this one ends with it.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(1));

// The local cloud with its faults, in a process of its own that can be killed.
const { values } = parseArgs({ options: { data: { type: 'string', default: '' } } });
const report = (message: SoakReport) => void process.send?.(message);
const faults = createFaultKit();

/** The number of the planned job, which is in everything that a provider is asked for it. */
const jobOf = ({ request }: Call) => /Soak (\d{6})/.exec(request.body.toString())?.[1];

const tell = (kind: 'carried_out' | 'unheard', call: Call) => {
  const job = jobOf(call);
  if (job !== undefined) report({ kind, service: call.service, job });
};

for (const service of ['bedrock', 'polly'] as const) {
  faults.inject({
    service,
    async fault(call, carryOut) {
      const answer = await carryOut();
      tell('carried_out', call);
      return answer;
    },
  });
}

const harm = (what: string, rule: Rule, outcome: 'heard' | 'unheard' = 'heard') =>
  faults.inject({
    ...rule,
    fault(call, carryOut) {
      report({ kind: 'harm', what });
      if (outcome === 'unheard') tell('unheard', call);
      return rule.fault(call, carryOut);
    },
  });

const workers = { service: 'dynamodb', operation: 'UpdateItem' } as const;

for (const service of ['bedrock', 'polly'] as const) {
  harm('upstream failures', { service, share: 0.02, fault: refuse('ServiceUnavailableException', 503) });
  harm('upstream failures', { service, share: 0.01, fault: throttle(1) });
  harm('upstream failures', { service, share: 0.01, fault: failAfterwards() }, 'unheard');
  harm('upstream failures', { service, share: 0.01, fault: cutAnswer() }, 'unheard');
  harm('workers killed', { service, share: 0.003, fault: killCaller(faults, 'after') }, 'unheard');
}
harm('workers killed', { ...workers, about: /"holder"/, share: 0.004, fault: killCaller(faults, 'after') });
harm('workers killed', { ...workers, about: /"S":"completed"/, share: 0.003, fault: killCaller(faults, 'before') });
const bookings = { ...workers, by: 'process-booking', about: /effects/ } as const;
harm('workers killed', { ...bookings, share: 0.005, fault: killCaller(faults, 'before') });
harm('workers killed', { ...bookings, share: 0.005, fault: killCaller(faults, 'after') });
for (const service of ['ses', 'sns'] as const) {
  const send = { service, operation: 'POST' } as const;
  harm('sends refused', { ...send, share: 0.02, fault: throttle() });
  harm('sends not confirmed', { ...send, share: 0.01, fault: failAfterwards() });
  harm('workers killed', { ...send, share: 0.005, fault: killCaller(faults, 'before') });
  harm('workers killed', { ...send, share: 0.005, fault: killCaller(faults, 'after') });
}
harm('messages delivered twice', {
  service: 'sqs',
  operation: 'SendMessage',
  share: 0.02,
  fault: deliverTwice(),
});
harm('DynamoDB calls throttled', { service: 'dynamodb', share: 0.005, fault: throttle() });

const cloud = await startCloud({
  cdkOut: localStageFolder,
  dataFolder: values.data,
  httpPort: 0,
  clock: systemClock,
  log: (line) => console.error(`[local cloud] ${line}`),
  faults,
});

const scope = 'jobs:read jobs:write notifications:write ops:read ops:write';
const tokens = await Promise.all(
  owners.map(async (owner) => [owner, await cloud.issueToken({ owner, scope, lifetimeSeconds: 43_200 })] as const),
);
report({ kind: 'ready', apiUrl: cloud.apiUrl, tokens: Object.fromEntries(tokens) });
process.on('message', () => void cloud.close().then(() => process.exit(0)));
