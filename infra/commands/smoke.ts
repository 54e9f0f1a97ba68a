import { parseArgs } from 'node:util';
import { CommandError, onStopSignal, runCommand } from './command-line.ts';
import { smokeChecks } from './smoke-checks.ts';
import { readApiUrl, readToken, tokenVariable } from './stage-options.ts';

const defaultMinutes = 3;

const usage = `Usage: ${tokenVariable}=<access token> npm run smoke -- --api <url> [--minutes <n>]

Looks whether a stage does what travellers need, through the typed client, and ends with 1 if it does not. Costs one short story.

  --api <url>      where the API is: the output ApiUrl of the service stack
  --minutes <n>    give up after so long (${defaultMinutes})
  --help           this text

The token needs the scopes jobs:read and jobs:write. For the local cloud: ${tokenVariable}=$(npm run --silent token).`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      api: { type: 'string' },
      minutes: { type: 'string', default: String(defaultMinutes) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const apiUrl = readApiUrl(values.api, usage);
  const token = readToken(usage);
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new CommandError('--minutes must be a number above 0.', { exitCode: 2 });

  const stopped = new AbortController();
  onStopSignal(() => stopped.abort(new CommandError('Stopped.', { exitCode: 130 })));
  const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(minutes * 60_000)]);
  for (const { promise, look } of smokeChecks) {
    const startedAt = performance.now();
    const seen = await look({ apiUrl, token, signal }).catch((error: unknown) => {
      stopped.signal.throwIfAborted();
      const why = signal.aborted ? `not within ${minutes} minutes` : messageOf(error);
      throw new CommandError(`✘ ${promise}: ${why}`);
    });
    console.log(`✔ ${promise} (${seen}, ${((performance.now() - startedAt) / 1_000).toFixed(1)} s)`);
  }
});

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
