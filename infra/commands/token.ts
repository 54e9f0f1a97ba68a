import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { scopes } from '../../shared/catalog/scopes.ts';
import { issuerKeyFile } from '../local/data-folder.ts';
import { startIssuer } from '../local/issuer/issuer.ts';
import { stageSettings } from '../stages.ts';
import { CommandError, runCommand } from './command-line.ts';
import { defaultDataFolder } from './local-options.ts';

const defaultScope = 'jobs:read jobs:write';
const lifetimeSeconds = 3600;

const usage = `Usage: npm run --silent token -- [options]

Prints an access token for the local cloud, good for one hour. The cloud need not run.

  --owner <name>     whom the token is for (traveller)
  --scope <scopes>   separated by spaces (${defaultScope}); there are ${Object.keys(scopes).join(', ')}
  --data <folder>    data folder of the local cloud (${defaultDataFolder})
  --help             this text`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      owner: { type: 'string', default: 'traveller' },
      scope: { type: 'string', default: defaultScope },
      data: { type: 'string', default: defaultDataFolder },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  refuseUnknownScopes(values.scope);
  mkdirSync(values.data, { recursive: true, mode: 0o700 });
  const { issuer: name, audience } = stageSettings('local');
  const issuer = await startIssuer({ name, keyFile: issuerKeyFile(values.data), port: 0 });
  console.log(await issuer.issueToken({ owner: values.owner, scope: values.scope, lifetimeSeconds, audience }));
  await issuer.close();
});

function refuseUnknownScopes(scope: string): void {
  const unknown = scope.split(' ').filter((each) => !Object.hasOwn(scopes, each));
  if (unknown.length === 0) return;
  const known = Object.entries(scopes).map(([name, holder]) => `  ${name.padEnd(12)} ${holder}`);
  const message = `There is no scope ${unknown.map((each) => `"${each}"`).join(', ')}. There are:\n${known.join('\n')}`;
  throw new CommandError(message, { exitCode: 2 });
}
