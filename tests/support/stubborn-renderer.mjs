// Stands in for the renderer's process in tests of its parent: as its environment says, it never answers, dies, or tells what it knows.
import { writeFileSync } from 'node:fs';

const { BEHAVIOUR, PID_FILE } = process.env;
if (PID_FILE) writeFileSync(PID_FILE, String(process.pid));

process.on('message', () => {
  if (BEHAVIOUR === 'crash') {
    process.stderr.write('libvips: bus error\n', () => process.kill(process.pid, 'SIGSEGV'));
  }
  if (BEHAVIOUR === 'tell') process.send({ kind: 'failed', reason: Object.keys(process.env).sort().join() });
  if (BEHAVIOUR === 'lie') process.send({ kind: 'rendered', photo: { width: 'wide' } });
});
