import { DatabaseSync } from 'node:sqlite';
import { ObjectStore } from '../../infra/local/aws/s3/object-store.ts';

/** A process to kill: overwrites ten objects without end and prints the key of each upload once it is done. */
const [folder = '', databaseFile = ''] = process.argv.slice(2);
const store = new ObjectStore(folder, new DatabaseSync(databaseFile));

for (let count = 0; ; count += 1) {
  const key = `key-${count % 10}`;
  const body = Buffer.alloc(200_000, String(count % 10));
  await store.put({ bucket: 'media', key, body, headers: {} }, { modifiedAt: count, onlyIfNew: false });
  process.stdout.write(`${key}\n`);
}
