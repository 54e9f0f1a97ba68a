import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildGazetteer } from '../../infra/build/gazetteer/build-gazetteer.ts';
import { inputFiles } from '../../infra/build/gazetteer/inputs.ts';
import { openGazetteer } from '../../shared/adapters/gazetteer/sqlite-gazetteer.ts';
import { explainResolution, placeLabel, resolvePlace } from '../../shared/domain/gazetteer.ts';
import { distanceKm, type Point } from '../../shared/domain/geodesy.ts';
import { builtGazetteer, gazetteerFile } from '../support/gazetteer.ts';

const gazetteer = await builtGazetteer();

/** Every listed place of the published file with its position: what a search by position is measured against. */
const towns = readFileSync(inputFiles.places, 'utf8')
  .split('\n')
  .map((line) => line.split('\t'))
  .filter((columns) => columns.length === 19 && !/^PPL([XQHW]|CH)$/.test(columns[7] ?? ''))
  .map((columns) => ({ id: Number(columns[0]), latitude: Number(columns[4]), longitude: Number(columns[5]) }));

function labelsOf(query: string): string {
  const resolution = resolvePlace(gazetteer, query);
  return resolution.outcome === 'found' ? placeLabel(resolution.place) : explainResolution(resolution);
}

describe('places by position', () => {
  it.each<[string, Point, number]>([
    ['a city', { latitude: 37.7749, longitude: -122.4194 }, 30],
    ['the date line from the west', { latitude: -17.5, longitude: 179.95 }, 200],
    ['the date line from the east', { latitude: -17.5, longitude: -179.95 }, 200],
    ['the date line itself', { latitude: 65, longitude: 180 }, 600],
    ['the North Pole', { latitude: 90, longitude: 0 }, 1_600],
    ['near the South Pole', { latitude: -89, longitude: 100 }, 3_000],
    ['high latitude', { latitude: 78, longitude: 15 }, 700],
    ['the southern hemisphere', { latitude: -33.87, longitude: 151.21 }, 80],
    ['the middle of the Pacific', { latitude: -48.88, longitude: -123.39 }, 2_700],
  ])('finds around %s exactly the places within the radius, nearest first', (_, point, radiusKm) => {
    const expected = towns
      .map((town) => ({ id: town.id, distance: distanceKm(point, town) }))
      .filter(({ distance }) => distance <= radiusKm)
      .sort((first, second) => first.distance - second.distance);
    const found = gazetteer.near(point, radiusKm);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ place }) => place.id))).toEqual(new Set(expected.map(({ id }) => id)));
    expect(found.map((nearby) => nearby.distanceKm)).toEqual(
      found.map((nearby) => nearby.distanceKm).toSorted((a, b) => a - b),
    );
    expect(gazetteer.countWithin(point, radiusKm)).toBe(expected.length);
  });

  it('finds nothing where there is nothing', () => {
    expect(gazetteer.near({ latitude: -48.88, longitude: -123.39 }, 1_000)).toEqual([]);
  });

  it('can look for cities only', () => {
    const cities = gazetteer.near({ latitude: 39.3, longitude: -116.5 }, 400, { minimumPopulation: 100_000 });
    expect(cities.map(({ place }) => place.name)).toContain('Reno');
    expect(cities.every(({ place }) => place.population >= 100_000)).toBe(true);
  });

  it('knows county and state of a point, and says nothing near a border or abroad', () => {
    expect(gazetteer.county({ latitude: 35.17, longitude: -103.72 })).toEqual({
      code: '35037',
      name: 'Quay County',
      state: 'New Mexico',
    });
    expect(gazetteer.county({ latitude: 30.21, longitude: -92.03 })?.name).toBe('Lafayette Parish');
    expect(gazetteer.county({ latitude: 36.9991, longitude: -109.0452 })).toBeUndefined();
    expect(gazetteer.county({ latitude: 48.85, longitude: 2.35 })).toBeUndefined();
  });

  it('knows open sea from land, at both sides of the date line', () => {
    const isOpenSea = (latitude: number, longitude: number) => gazetteer.openSea({ latitude, longitude }, 25);
    expect([isOpenSea(0, -140), isOpenSea(0, 180), isOpenSea(-60, -179.99), isOpenSea(-60, 179.99)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([isOpenSea(23, 5), isOpenSea(-90, 0), isOpenSea(67, 179.99), isOpenSea(67, -179.99)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([isOpenSea(-80, 100), isOpenSea(37.8, -122.7)]).toEqual([false, false]);
  });
});

describe('what is known of a place', () => {
  const place = (query: string) => {
    const resolution = resolvePlace(gazetteer, query);
    return resolution.outcome === 'found' ? resolution.place : undefined;
  };

  it('comes from its GeoNames record', () => {
    expect(place('Tucumcari')).toMatchObject({
      name: 'Tucumcari',
      countryCode: 'US',
      country: 'United States',
      region: 'New Mexico',
      district: 'Quay County',
      seatOf: 'district',
      districtStanding: { rank: 1 },
    });
  });

  it('holds real other names and no transliterations', () => {
    expect(place('San Francisco')?.otherNames).toEqual(['New Albion', 'Yerba Buena']);
    expect(place('Lone Pine, CA')?.otherNames).toEqual([]);
  });

  it('includes the capital of its state and country', () => {
    expect(gazetteer.capital('US', 'NM')?.name).toBe('Santa Fe');
    expect(gazetteer.capital('US')?.name).toBe('Washington');
    expect(gazetteer.capital('XX')).toBeUndefined();
  });
});

describe('places by name', () => {
  it.each([
    ['Tucumcari', 'Tucumcari, New Mexico, United States'],
    ['  san   francisco ', 'San Francisco, California, United States'],
    ['Springfield, IL', 'Springfield, Illinois, United States'],
    ['Springfield Illinois', 'Springfield, Illinois, United States'],
    ['springfield, illinois, usa', 'Springfield, Illinois, United States'],
    ['Cañon City', 'Cañon City, Colorado, United States'],
    ['canon city', 'Cañon City, Colorado, United States'],
    ['Paris', 'Paris, Île-de-France, France'],
    ['Paris, TX', 'Paris, Texas, United States'],
    ['Paris Texas', 'Paris, Texas, United States'],
    ['New York', 'New York City, New York, United States'],
    ['Cologne', 'Köln, North Rhine-Westphalia, Germany'],
    ['São Paulo', 'São Paulo, Brazil'],
    ['St. Louis', 'St. Louis, Missouri, United States'],
    ['Coeur d’Alene', "Coeur d'Alene, Idaho, United States"],
  ])('finds what %s means', (query, label) => {
    expect(labelsOf(query)).toBe(label);
  });

  it('offers the candidates of an ambiguous name, best known first, as names that can be asked for', () => {
    const resolution = resolvePlace(gazetteer, 'Springfield');
    expect(resolution.outcome).toBe('ambiguous');
    const candidates = resolution.outcome === 'ambiguous' ? resolution.candidates : [];
    expect(candidates.map(placeLabel).slice(0, 2)).toEqual([
      'Springfield, Missouri, United States',
      'Springfield, Massachusetts, United States',
    ]);
    for (const candidate of candidates) {
      expect(labelsOf(placeLabel(candidate))).toBe(placeLabel(candidate));
    }
    expect(labelsOf('Springfield')).toMatch(/^"Springfield" could be Springfield, Missouri, United States; .*; or /);
  });

  it('offers names like a misspelled one, and names that hold the word', () => {
    expect(labelsOf('Tucumcarri')).toContain('Did you mean Tucumcari, New Mexico, United States?');
    expect(labelsOf('Sprngfield, IL')).toContain('Did you mean Springfield, Illinois, United States?');
    expect(labelsOf('Pheonix')).toContain('Phoenix, Arizona, United States');
    expect(labelsOf('Yosemite')).toContain('Yosemite Valley, California, United States');
  });

  it.each([
    '',
    ' ',
    ',',
    '🙂',
    '"',
    "'; drop table place; --",
    '*',
    'NEAR(',
    'x'.repeat(5_000),
    'a '.repeat(5_000),
    'Xyzzyqq',
  ])('says that it does not know %j, and how to go on', (query) => {
    const resolution = resolvePlace(gazetteer, query);
    expect(resolution.outcome).toBe('unknown');
    expect(labelsOf(query)).toMatch(/coordinates|Did you mean/);
  });
});

describe('the gazetteer file', () => {
  it('is smaller than 45 MB and not made again from the same inputs', async () => {
    const before = statSync(gazetteerFile);
    const lines: string[] = [];
    await buildGazetteer({ outputFile: gazetteerFile, log: (line) => lines.push(line) });
    expect(lines).toEqual([`gazetteer is up to date: ${gazetteerFile}`]);
    expect(statSync(gazetteerFile).mtimeMs).toBe(before.mtimeMs);
    expect(before.size).toBeLessThan(45_000_000);
  });

  it('says how to make it when it is missing', () => {
    expect(() => openGazetteer('/nowhere/gazetteer.db')).toThrow(/npm run build/);
  });
});
