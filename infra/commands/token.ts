import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { scopes } from '../../shared/catalog/scopes.ts';
import { issuerKeyFile } from '../local/data-folder.ts';
import { startIssuer } from '../local/issuer/issuer.ts';
import { stageSettings } from '../stages.ts';
import { CommandError, runCommand } from './command-line.ts';
import { defaultDataFolder, readDataFolder, shownPath } from './local-options.ts';
import { twoColumns } from './two-columns.ts';

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
  const dataFolder = readDataFolder(values.data);
  const keyFile = issuerKeyFile(dataFolder);
  if (!existsSync(keyFile)) console.error(newKeyText(dataFolder));
  const { issuer: name, audience } = stageSettings('local');
  const issuer = await startIssuer({ name, keyFile, port: 0 });
  console.log(await issuer.issueToken({ owner: values.owner, scope: values.scope, lifetimeSeconds, audience }));
  await issuer.close();
});

/** A mistyped folder would otherwise show only as 401, later. */
function newKeyText(dataFolder: string): string {
  const folder = shownPath(dataFolder);
  return `Making a new key in ${folder}: only a local cloud with the same --data takes this token.`;
}

function refuseUnknownScopes(scope: string): void {
  const unknown = scope.split(' ').filter((each) => !Object.hasOwn(scopes, each));
  if (unknown.length === 0) return;
  const names = unknown.map((each) => `"${each}"`).join(', ');
  const message = `There is no scope ${names}. There are:\n${twoColumns(Object.entries(scopes))}`;
  throw new CommandError(message, { exitCode: 2 });
}
