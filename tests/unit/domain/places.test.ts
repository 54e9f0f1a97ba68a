import { describe, expect, it } from 'vitest';
import { explainResolution, type Place, placeLabel, resolvePlace } from '../../../shared/domain/gazetteer.ts';

function place(name: string, details: Partial<Place> = {}): Place {
  return {
    id: 1,
    name,
    latitude: 39.924,
    longitude: -83.809,
    seatOf: undefined,
    countryCode: 'US',
    country: 'United States',
    regionCode: 'OH',
    region: 'Ohio',
    district: undefined,
    districtStanding: undefined,
    population: 1_000,
    elevationMeters: undefined,
    otherNames: [],
    namesakes: 1,
    ...details,
  };
}

const springfield = place('Springfield', { population: 58_000 });
const other = place('Springfield', { region: 'Illinois', population: 114_000 });

/** A gazetteer that knows these places of the name, with these weights, and these of a similar name. */
function knowing(matches: readonly (readonly [Place, number])[], similar: readonly Place[] = []) {
  return {
    byName: (_: string, limit: number) => matches.slice(0, limit).map(([one, weight]) => ({ place: one, weight })),
    similarTo: (_: string, limit: number) => similar.slice(0, limit),
  };
}

describe('the place a name means', () => {
  it('is the only one of that name', () => {
    const nobody = place('Nobody', { population: 0 });
    expect(resolvePlace(knowing([[nobody, 0]]), 'nobody')).toEqual({ outcome: 'found', place: nobody });
  });

  it.each([
    [500, 'found'],
    [499, 'ambiguous'],
  ])('with a weight of %i against 100 is %s: five times as much is a clear winner', (weight, outcome) => {
    const matches = knowing([
      [springfield, weight],
      [other, 100],
    ]);
    expect(resolvePlace(matches, 'Springfield').outcome).toBe(outcome);
  });

  it('is not clear where the weightiest has no known people', () => {
    const empty = place('Springfield', { population: 0 });
    const matches = knowing([
      [empty, 0],
      [other, 0],
    ]);
    const candidates = [empty, other];
    expect(resolvePlace(matches, 'Springfield')).toEqual({ outcome: 'ambiguous', query: 'Springfield', candidates });
  });

  it('is unknown when none has the name, with those of a similar one, five at most', () => {
    const similar = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => place(name));
    const unknown = { outcome: 'unknown', query: 'Sprnfield', similar: similar.slice(0, 5) };
    expect(resolvePlace(knowing([], similar), 'Sprnfield')).toEqual(unknown);
  });
});

describe('the label of a place', () => {
  it.each([
    [place('Moab', { region: 'Utah' }), 'Moab, Utah, United States'],
    [place('Valletta', { region: undefined, country: 'Malta' }), 'Valletta, Malta'],
    [place('Singapore', { region: 'Singapore', country: 'Singapore' }), 'Singapore'],
    [place('New York', { region: 'New York' }), 'New York, United States'],
  ])('has its region and country, and nothing twice: %#', (one, label) => {
    expect(placeLabel(one)).toBe(label);
  });
});

describe('what people are told of a name that is not clear', () => {
  it('is the choice they have', () => {
    const capital = place('Springfield', { region: 'Oregon' });
    expect(
      explainResolution({ outcome: 'ambiguous', query: 'springfield', candidates: [other, springfield, capital] }),
    ).toBe(
      '"springfield" could be Springfield, Illinois, United States; Springfield, Ohio, United States; or Springfield, Oregon, United States.',
    );
    expect(explainResolution({ outcome: 'ambiguous', query: 'springfield', candidates: [other, springfield] })).toBe(
      '"springfield" could be Springfield, Illinois, United States; or Springfield, Ohio, United States.',
    );
  });

  it('is the one place of a similar name', () => {
    expect(explainResolution({ outcome: 'unknown', query: 'Sprnfield', similar: [springfield] })).toBe(
      'No place called "Sprnfield" is known. Did you mean Springfield, Ohio, United States?',
    );
  });

  it('is to give coordinates when nothing is like it', () => {
    expect(explainResolution({ outcome: 'unknown', query: 'Xyzzy', similar: [] })).toBe(
      'No place called "Xyzzy" is known. Give coordinates instead, such as 37.7749,-122.4194.',
    );
  });

  it('has the county, or the coordinates, where two labels would read the same, and only there', () => {
    const candidates = [place('Springfield', { district: 'Clark County' }), springfield, other];
    expect(explainResolution({ outcome: 'ambiguous', query: 'Springfield', candidates })).toBe(
      '"Springfield" could be Springfield, Ohio, United States (Clark County); Springfield, Ohio, United States (39.92,-83.81); or Springfield, Illinois, United States.',
    );
  });
});
