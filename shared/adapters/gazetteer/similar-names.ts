import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Place } from '../../domain/gazetteer.ts';
import { editDistance } from './edit-distance.ts';

const idSchema = z.object({ id: z.number() });
const spellingSchema = z.object({ id: z.number(), key: z.string(), population: z.number() });

/** A misspelling may differ in one letter of three. */
const lettersPerMistake = 3;

/** Of each kind, before the two are put together. */
const mostNames = 20;

/**
 * Finds places whose name holds the words of a key, most populous first, then those spelled much like it and with the same
 * first letter, closest first.
 */
export function createSimilarNames(
  database: DatabaseSync,
  readPlace: (id: number) => Place,
): (key: string) => readonly Place[] {
  const findWords = database.prepare(`
    select place.id from place_words join place on place.id = place_words.rowid
    where place_words match ? order by population desc limit ${mostNames}
  `);
  const findSpellings = database.prepare(`
    select place_id as id, key, population from name join place on place.id = place_id
    where key >= ?1 and key < ?2 and length(key) between ?3 and ?4
  `);

  const withWords = (key: string): number[] => findWords.all(`${key}*`).map((row) => idSchema.parse(row).id);
  const spelledLike = (key: string): number[] => {
    const allowed = Math.floor(key.length / lettersPerMistake);
    const [start, end] = [key.slice(0, 1), `${key.slice(0, 1)}\u{10FFFF}`];
    return findSpellings
      .all(start, end, key.length - allowed, key.length + allowed)
      .map((row) => spellingSchema.parse(row))
      .map((row) => ({ ...row, mistakes: editDistance(key, row.key) }))
      .filter((row) => row.mistakes <= allowed)
      .sort((first, second) => first.mistakes - second.mistakes || second.population - first.population)
      .slice(0, mostNames)
      .map((row) => row.id);
  };

  return (key) => (key === '' ? [] : [...new Set([...withWords(key), ...spelledLike(key)])].map(readPlace));
}
