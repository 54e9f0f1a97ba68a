import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Gazetteer, Place } from '../../domain/gazetteer.ts';
import { nameKey } from './name-key.ts';
import { createSimilarNames } from './similar-names.ts';

type NameSearch = Pick<Gazetteer, 'byName' | 'similarTo'>;
type PlaceReader = (id: number) => Place;

const idSchema = z.object({ id: z.number() });

/** What people call countries apart from their names and ISO codes. */
const countryAliases: Readonly<Record<string, string>> = { usa: 'US', america: 'US', uk: 'GB', england: 'GB' };

/** A name that is not the place's first name counts as if it had this share of the people. */
const otherNameShare = 0.05;

/** Questions of name, answered by the spelling index and the full-text index. */
export function createNameSearch(database: DatabaseSync, readPlace: PlaceReader): NameSearch {
  const findExact = database.prepare('select place_id as id from name where key = ?');
  const exact = (key: string): Place[] => findExact.all(key).map((row) => readPlace(idSchema.parse(row).id));
  const similarNames = createSimilarNames(database, readPlace);

  return {
    byName: (text, limit) => {
      for (const { name, qualifiers } of readings(text)) {
        const places = exact(name).filter((place) => qualifiers.every((qualifier) => isIn(place, qualifier)));
        if (places.length > 0) {
          const matches = places.map((place) => ({ place, weight: weightOf(place, name) }));
          return matches.sort((first, second) => second.weight - first.weight).slice(0, limit);
        }
      }
      return [];
    },
    similarTo: (text, limit) => {
      const [{ name, qualifiers } = { name: '', qualifiers: [] }] = readings(text);
      const similar = similarNames(name);
      const inside = similar.filter((place) => qualifiers.every((qualifier) => isIn(place, qualifier)));
      return (inside.length > 0 ? inside : similar).slice(0, limit);
    },
  };
}

interface Reading {
  readonly name: string;
  readonly qualifiers: readonly string[];
}

/** Longer than any place name with its country, in characters: the rest of a text is not read. */
const longestName = 200;

/** The ways a text can be meant, likeliest first: "Paris Texas" is a name, else the name "paris" in "texas". */
function readings(text: string): Reading[] {
  const [head = '', ...tail] = text.slice(0, longestName).split(',').map(nameKey);
  const qualifiers = tail.filter((part) => part !== '');
  const words = head.split(' ');
  const shorter = words.slice(1).map((_, index) => ({
    name: words.slice(0, words.length - 1 - index).join(' '),
    qualifiers: [words.slice(words.length - 1 - index).join(' '), ...qualifiers],
  }));
  return [{ name: head, qualifiers }, ...shorter];
}

function isIn(place: Place, qualifier: string): boolean {
  const district = nameKey(place.district ?? '');
  const divisions = [nameKey(place.region ?? ''), district, district.replace(/ (county|parish|borough)$/, '')];
  const codes = [place.regionCode?.toLowerCase(), place.countryCode.toLowerCase(), nameKey(place.country)];
  return divisions.includes(qualifier) || codes.includes(qualifier) || countryAliases[qualifier] === place.countryCode;
}

function weightOf(place: Place, name: string): number {
  return (place.population + 1) * (nameKey(place.name) === name ? 1 : otherNameShare);
}
