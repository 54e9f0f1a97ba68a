import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { createLogFolder } from '../../../infra/local/log-folder.ts';

const newFolder = () => path.join(mkdtempSync(path.join(tmpdir(), 'data-')), 'made');
const module = path.resolve(import.meta.dirname, '../../../infra/local/data-folder.ts');

/** Another process that has the folder and is told to be killed. */
async function startOwner(folder: string) {
  const code = `const { openDataFolder } = await import(process.argv[1]);
    globalThis.held = openDataFolder(process.argv[2]);
    globalThis.held.database.exec('create table if not exists kept (x)');
    globalThis.held.database.exec('insert into kept values (1)');
    console.log('ready');
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', code, module, folder]);
  await once(owner.stdout, 'data');
  return owner;
}

test('a folder that another living process has is refused, with its process id and what to do', async () => {
  const folder = newFolder();
  const owner = await startOwner(folder);
  try {
    expect(() => openDataFolder(folder)).toThrow(new RegExp(`already running: process ${owner.pid}, started at 20`));
    expect(() => openDataFolder(folder)).toThrow(`Stop it (kill ${owner.pid}), or choose another folder with --data.`);
  } finally {
    owner.kill('SIGKILL');
    await once(owner, 'exit');
  }
});

test('the folder of a killed process is taken over with everything committed in it', async () => {
  const folder = newFolder();
  const owner = await startOwner(folder);
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  const data = openDataFolder(folder);
  expect(data.database.prepare('select count(*) as rows from kept').get()).toEqual({ rows: 1 });
  data.close();
});

test('a closed folder can be opened again', () => {
  const folder = newFolder();
  openDataFolder(folder).close();
  openDataFolder(folder).close();
});

test('only its owner may look into the folder: it holds a private key', () => {
  const folder = newFolder();
  openDataFolder(folder).close();
  expect(statSync(folder).mode & 0o077).toBe(0);
});

test('a function’s log keeps the newest lines and never grows past twice its bound', () => {
  const folder = newFolder();
  const logs = createLogFolder(folder, 100);
  for (let line = 0; line < 50; line += 1) logs.write('submit-job', `line ${line}`);
  logs.close();
  const file = path.join(folder, 'submit-job.log');
  expect(readFileSync(file, 'utf8')).toMatch(/line 49\n$/);
  expect(statSync(file).size).toBeLessThanOrEqual(100);
  expect(statSync(path.join(folder, 'submit-job.old.log')).size).toBeLessThanOrEqual(100);
});

test('a line longer than the bound is kept whole', () => {
  const folder = newFolder();
  const logs = createLogFolder(folder, 10);
  logs.write('submit-job', 'x'.repeat(50));
  logs.close();
  expect(readFileSync(path.join(folder, 'submit-job.log'), 'utf8')).toHaveLength(51);
});
