import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hashInputs } from './inputs.ts';
import { readPlaces } from './read-places.ts';
import { schema } from './schema.ts';
import { writeOutlines } from './write-outlines.ts';
import { writePlaces } from './write-places.ts';

export interface GazetteerBuild {
  /** Where the SQLite file goes; its folder is made. */
  readonly outputFile: string;
  /** Told once what was done. */
  readonly log: (line: string) => void;
}

/**
 * Makes the gazetteer from the npm packages in node_modules. Does nothing when the file was made from the same inputs by
 * the same code. The file appears whole or not at all.
 */
export async function buildGazetteer({ outputFile, log }: GazetteerBuild): Promise<void> {
  const startedAt = performance.now();
  const inputHash = hashInputs();
  if (existsSync(outputFile) && readHash(outputFile) === inputHash) {
    log(`gazetteer is up to date: ${outputFile}`);
    return;
  }
  mkdirSync(dirname(outputFile), { recursive: true });
  const unfinishedFile = `${outputFile}.${process.pid}.tmp`;
  try {
    writeGazetteer(unfinishedFile, inputHash);
    renameSync(unfinishedFile, outputFile);
  } finally {
    rmSync(unfinishedFile, { force: true });
  }
  const megabytes = (statSync(outputFile).size / 1e6).toFixed(1);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  log(`gazetteer built in ${seconds} s, ${megabytes} MB: ${outputFile}`);
}

function writeGazetteer(file: string, inputHash: string): void {
  rmSync(file, { force: true });
  const database = new DatabaseSync(file);
  try {
    database.exec(
      'pragma page_size = 4096; pragma cache_size = -64000; pragma journal_mode = off; pragma synchronous = off; begin',
    );
    database.exec(schema);
    writePlaces(database, readPlaces());
    writeOutlines(database);
    database.prepare('insert into meta values (?)').run(inputHash);
    database.exec("commit; insert into place_words(place_words) values ('optimize'); analyze; vacuum");
  } finally {
    database.close();
  }
}

/** The input hash a file was made from; undefined if it is not a gazetteer. */
function readHash(file: string): unknown {
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return database.prepare('select input_hash from meta').get()?.input_hash;
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}
