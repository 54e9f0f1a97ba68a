import { describe, expect, it } from 'vitest';
import { distanceKm } from '../../../shared/domain/geodesy.ts';
import { landmarks } from '../../../shared/narrator/landmarks/all-landmarks.ts';
import { statehoodOf } from '../../../shared/narrator/statehood.ts';
import { builtGazetteer } from '../../support/gazetteer.ts';

const gazetteer = await builtGazetteer();

/** Landmarks in the wild: kilometers within which the nearest listed town of their own country or state lies. */
const farFromTowns: Readonly<Record<string, number>> = {
  'badwater-basin': 80,
  denali: 100,
  'rainbow-bridge': 70,
  'big-bend': 120,
  'guadalupe-peak': 100,
  'old-faithful': 110,
  'perito-moreno': 70,
  'paranal-observatory': 90,
  'angel-falls': 95,
  'milford-sound': 80,
  'south-pole-station': 1_360,
};

/** The countries with landmarks by continent; Turkey counts as Asia, Russia as Europe. */
const continents: Readonly<Record<string, readonly string[]>> = {
  'North America': 'US CA MX GT HN PA CU SV HT JM'.split(' '),
  'South America': 'AR BO BR CL CO EC PE PY SR UY VE'.split(' '),
  Europe: 'GB IE IS NO SE DK FI NL BE FR DE CH AT ES PT IT MT GR HR BG CZ PL HU UA RU'.split(' '),
  Africa: 'EG ET LY ML SN TZ ZA ZM ZW MA DZ TN KE GH BJ NG MU'.split(' '),
  Asia: 'TR AE CN ID IN IR JO JP KH LK NP PH UZ VN LA TH MM SG KR PK LB SA'.split(' '),
  Oceania: 'AU NZ FM FJ PF PG PW'.split(' '),
};

describe('the landmark table', () => {
  it('has at least 400 landmarks', () => {
    expect(landmarks.length).toBeGreaterThanOrEqual(400);
  });

  it('has at least three landmarks in every American state', () => {
    const american = landmarks.filter(({ countryCode }) => countryCode === 'US');
    const byState = Map.groupBy(american, ({ regionCode }) => regionCode ?? '');
    const states = [...byState].filter(([code]) => statehoodOf(code) !== undefined);
    expect(states.length).toBe(50);
    expect(states.filter(([, inState]) => inState.length < 3).map(([code]) => code)).toEqual([]);
  });

  it.each(Object.entries(continents))('has at least fifteen landmarks in %s', (_, countries) => {
    expect(landmarks.filter(({ countryCode }) => countries.includes(countryCode)).length).toBeGreaterThanOrEqual(15);
  });

  it('counts each country but Antarctica on one continent', () => {
    const counted = Object.values(continents).flat();
    expect(new Set(counted).size).toBe(counted.length);
    const countries = new Set(landmarks.map(({ countryCode }) => countryCode));
    expect([...countries].filter((code) => !counted.includes(code))).toEqual(['AQ']);
  });

  it('has unique ids and places no two landmarks on one spot', () => {
    expect(new Set(landmarks.map(({ id }) => id)).size).toBe(landmarks.length);
    const pairs = landmarks.flatMap((first, index) =>
      landmarks.slice(index + 1).map((second) => [first, second] as const),
    );
    expect(pairs.filter(([first, second]) => distanceKm(first, second) < 0.1)).toEqual([]);
  });

  it.each(landmarks.map((landmark) => [landmark.id, landmark] as const))(
    'has a source for each fact of %s',
    (_, landmark) => {
      expect(landmark.facts.length).toBeGreaterThan(0);
      for (const fact of landmark.facts) {
        expect(new URL(fact.source).protocol).toBe('https:');
        expect(fact.interests.length).toBeGreaterThan(0);
        expect(fact.text).toMatch(/^\p{Lu}.*\.$/u);
        const named = [...fact.text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        expect(Object.keys(fact.measures ?? {})).toEqual(named);
      }
    },
  );

  it.each(landmarks.map((landmark) => [landmark.id, landmark] as const))(
    'puts %s near a town of its country',
    (id, landmark) => {
      const towns = gazetteer.near(landmark, farFromTowns[id] ?? 60);
      const own = towns.filter(
        ({ place }) =>
          place.countryCode === landmark.countryCode &&
          (landmark.regionCode === undefined || place.regionCode === landmark.regionCode),
      );
      expect(
        own.length,
        towns.map(({ place }) => `${place.name} ${place.countryCode} ${place.regionCode}`).join(),
      ).toBeGreaterThan(0);
    },
  );

  it('puts each American landmark inside its state, where no border is too near to tell', () => {
    const american = landmarks.filter(({ countryCode }) => countryCode === 'US');
    const placed = american.map((landmark) => ({ landmark, state: gazetteer.county(landmark)?.state }));
    const capitals = placed.map(({ landmark, state }) => ({
      id: landmark.id,
      state,
      expected: gazetteer.capital('US', landmark.regionCode)?.region ?? 'District of Columbia',
    }));
    expect(capitals.filter(({ state, expected }) => state !== undefined && state !== expected)).toEqual([]);
    expect(capitals.filter(({ state }) => state !== undefined).length).toBeGreaterThan(american.length / 2);
  });
});

describe('statehood', () => {
  it('begins with Delaware and ends with Hawaii', () => {
    expect(statehoodOf('DE')).toMatchObject({ year: 1787, order: 1 });
    expect(statehoodOf('HI')).toMatchObject({ year: 1959, order: 50 });
    expect(statehoodOf('PR')).toBeUndefined();
  });
});
