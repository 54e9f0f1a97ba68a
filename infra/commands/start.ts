import { parseArgs } from 'node:util';
import { basePath, routes } from '../../shared/catalog/routes.ts';
import type { AlarmChange } from '../local/aws/cloudwatch/alarm.ts';
import { systemClock } from '../local/clock.ts';
import { type LocalCloud, startCloud } from '../local/cloud.ts';
import { alarmLine } from '../local/cloud-alarms.ts';
import { onStopSignal, runCommand } from './command-line.ts';
import {
  callersCredentials,
  defaultDataFolder,
  defaultPort,
  readCallbackTests,
  readDataFolder,
  readEndpoints,
  readPort,
  shownPath,
  tokenCommand,
} from './local-options.ts';
import { localStageFolder, prepareLocalStage } from './local-stage.ts';

const usage = `Usage: npm start -- [options]

Runs the whole service on this machine until Ctrl-C.

  --port <number>            port of the HTTP API (${defaultPort}; 0 takes a free one)
  --data <folder>            where records, audio, logs and the token key are kept (${defaultDataFolder})
  --endpoint <service>=<url> use this in place of a stand-in: bedrock-runtime, polly or cloudwatch; your AWS keys go with it
  --callback <origin>        a receiver of webhooks on this machine, such as https://localhost:4643; needs --callback-ca
  --callback-ca <file>       who signs its certificate (PEM)
  --help                     this text`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: defaultPort },
      data: { type: 'string', default: defaultDataFolder },
      endpoint: { type: 'string', multiple: true, default: [] },
      callback: { type: 'string', multiple: true, default: [] },
      'callback-ca': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const httpPort = readPort(values.port);
  const endpoints = readEndpoints(values.endpoint);
  const dataFolder = readDataFolder(values.data);
  const callbackTests = readCallbackTests(values.callback, values['callback-ca']);
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  onStopSignal(stop);

  await prepareLocalStage(console.error);
  const startedAt = performance.now();
  const cloud = await startCloud({
    cdkOut: localStageFolder,
    dataFolder,
    httpPort,
    endpoints,
    credentials: callersCredentials(endpoints),
    ...(callbackTests && { callbackTests }),
    clock: systemClock,
    log: (line) => console.error(`[local cloud] ${line}`),
    onAlarm: showIncident,
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(await welcome(cloud, dataFolder, seconds));
  await stopped;
  console.error('\nStopping …');
  await cloud.close();
});

/** What would page or warn somebody on AWS, and its end; single alarms are in the log. */
function showIncident(change: AlarmChange): void {
  const { alarm, from } = change;
  const isTold = alarm.kind === 'CompositeAlarm' && (alarm.state === 'ALARM' || from === 'ALARM');
  if (isTold) console.error(`[alarm] ${alarmLine(change)}`);
}

async function welcome(cloud: LocalCloud, dataFolder: string, seconds: string): Promise<string> {
  const token = await cloud.issueToken({ owner: 'traveller', scope: 'jobs:read jobs:write' });
  const api = `${cloud.apiUrl}${basePath}`;
  const body = { location: { latitude: 37.7749, longitude: -122.4194, name: 'San Francisco' }, include_voice: true };
  return `
Roadtrip Jobs is running (started in ${seconds} s).

  API    ${api}
  Data   ${shownPath(dataFolder)}
  Logs   ${shownPath(`${dataFolder}/logs`)}
  Alarms ${shownPath(`${dataFolder}/logs/alarms.log`)}; whatever would page or warn somebody is told here too

Submit a story and follow it; the token is good for one hour:

  TOKEN=${token}

  JOB=$(curl -s ${api}${routes.generate_story.path} -H "authorization: Bearer $TOKEN" \\
    -H 'content-type: application/json' -d '${JSON.stringify(body)}' | grep -o '01[0-9A-Z]*' | head -1)

  curl -s ${api}${routes.read_job.path.replace('{job_id}', '$JOB')} -H "authorization: Bearer $TOKEN"

Another token: ${tokenCommand(dataFolder)}
Stop with Ctrl-C.`;
}
