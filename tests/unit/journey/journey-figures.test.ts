import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceKm } from '../../../shared/domain/geodesy.ts';
import { journeyFigures, type Moment, stopsOf } from '../../../shared/domain/journey.ts';

const place = (id: number, population = id) => ({
  id,
  name: `Town ${id}`,
  latitude: id,
  longitude: 2 * id,
  seatOf: undefined,
  countryCode: 'US',
  country: 'United States',
  regionCode: undefined,
  region: undefined,
  district: undefined,
  districtStanding: undefined,
  population,
  elevationMeters: undefined,
  otherNames: [],
  namesakes: 1,
});

const hour = 3_600_000;
const start = Date.parse('2026-07-04T18:00:00Z');

function moment(town: number | undefined, hours: number, more: Partial<Moment> = {}): Moment {
  const at = start + hours * hour;
  const known = town === undefined ? undefined : place(town);
  return {
    kind: 'story',
    jobId: `${town}-${hours}`,
    at,
    localDate: new Date(at).toISOString().slice(0, 10),
    point: known ?? { latitude: 80, longitude: 0 },
    place: known,
    ...more,
  };
}

const figuresOf = (moments: readonly Moment[]) => journeyFigures(stopsOf(moments));

const moments = fc
  .array(
    fc.record({
      town: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
      hours: fc.integer({ min: 0, max: 500 }),
    }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((rows) => rows.map(({ town, hours }, index) => moment(town, hours, { jobId: String(index) })));

describe('the stops of a journey', () => {
  it('hold every moment once, in the order of time, and no two neighbours of one town', () => {
    fc.assert(
      fc.property(moments, (given) => {
        const stops = stopsOf(given);
        const all = stops.flatMap((stop) => stop.moments);
        expect(all.map(({ jobId }) => jobId).toSorted()).toEqual(given.map(({ jobId }) => jobId).toSorted());
        for (const [index, { at }] of all.entries()) expect(at).toBeGreaterThanOrEqual(all[index - 1]?.at ?? 0);
        const towns = stops.map((stop) => stop.place?.id);
        for (const [index, town] of towns.entries()) if (index > 0) expect(town).not.toBe(towns[index - 1]);
      }),
    );
  });

  it('are the same in whatever order the moments are named', () => {
    fc.assert(
      fc.property(moments, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (given, random) => {
        const shuffled = given
          .map((each) => ({ each, rank: random.next().value }))
          .toSorted((first, second) => first.rank - second.rank)
          .map(({ each }) => each);
        expect(stopsOf(shuffled)).toEqual(stopsOf(given));
      }),
    );
  });
});

describe('a stop', () => {
  const nowhere = (latitude: number, longitude: number, hours: number) =>
    moment(undefined, hours, { point: { latitude, longitude } });

  it('that is near no town is its point: a moment elsewhere is another stop', () => {
    const lengths = (moments: readonly Moment[]) => stopsOf(moments).map(({ moments: { length } }) => length);
    expect(lengths([nowhere(80, 10, 0), nowhere(80, 10, 1)])).toEqual([2]);
    expect(lengths([nowhere(80, 10, 0), nowhere(80, 11, 1)])).toEqual([1, 1]);
    expect(lengths([nowhere(80, 10, 0), nowhere(81, 10, 1)])).toEqual([1, 1]);
  });

  it('in a town is not the one near no town, though both are at one point, and is the same all over the town', () => {
    const point = { latitude: 5, longitude: 10 };
    expect(stopsOf([moment(5, 0, { point }), moment(undefined, 1, { point })])).toHaveLength(2);
    expect(stopsOf([moment(undefined, 0, { point }), moment(5, 1, { point })])).toHaveLength(2);
    expect(stopsOf([moment(5, 0, { point }), moment(5, 1)])).toHaveLength(1);
  });

  it('has the moments of one instant in the order of their ids', () => {
    const [stop] = stopsOf(['c', 'a', 'b'].map((jobId) => moment(3, 0, { jobId })));
    expect(stop?.moments.map(({ jobId }) => jobId)).toEqual(['a', 'b', 'c']);
  });
});

describe('the figures of a journey', () => {
  it('keep to the geometry: the way is its legs, no shorter than to its farthest stop, which no other stop exceeds', () => {
    fc.assert(
      fc.property(moments, (given) => {
        const stops = stopsOf(given);
        const figures = journeyFigures(stops);
        if (!figures) throw new Error('There are moments');
        const legs = stops.slice(1).map((stop, index) => distanceKm(stops[index]?.point ?? stop.point, stop.point));
        expect(figures.lengthKm).toBeCloseTo(
          legs.reduce((sum, leg) => sum + leg, 0),
          6,
        );
        const away = stops.map((stop) => distanceKm(stops[0]?.point ?? stop.point, stop.point));
        expect(figures.farthest?.distanceKm ?? 0).toBeCloseTo(Math.max(...away), 6);
        expect(figures.lengthKm).toBeGreaterThanOrEqual(Math.max(...away) - 1e-6);
        if (figures.longestLeg !== undefined) {
          expect(stops[figures.longestLeg]?.legKm).toBeCloseTo(Math.max(...legs), 6);
        }
      }),
    );
  });

  it('keep to the calendar: first and last moment, and days that hold both', () => {
    fc.assert(
      fc.property(moments, (given) => {
        const figures = figuresOf(given);
        const times = given.map(({ at }) => at);
        expect(figures).toMatchObject({ startedAt: Math.min(...times), endedAt: Math.max(...times) });
        const dates = new Set(given.map(({ localDate }) => localDate));
        expect(figures?.days).toBeGreaterThanOrEqual(dates.size);
        expect(figures?.days).toBeLessThanOrEqual(2 + (Math.max(...times) - Math.min(...times)) / (24 * hour));
      }),
    );
  });

  it('name each town once, and the one with the most people', () => {
    fc.assert(
      fc.property(moments, (given) => {
        const figures = figuresOf(given);
        const towns = new Set(given.flatMap((each) => each.place?.id ?? []));
        expect(new Set(figures?.places.map(({ id }) => id))).toEqual(towns);
        expect(figures?.places).toHaveLength(towns.size);
        expect(figures?.largest?.population).toBe(towns.size === 0 ? undefined : Math.max(...towns));
      }),
    );
  });

  it('of one place know no leg and no farthest point', () => {
    const figures = figuresOf([moment(3, 0), moment(3, 5)]);
    expect(figures).toMatchObject({ lengthKm: 0, days: 1, longestLeg: undefined, farthest: undefined });
    expect(figures?.places.map(({ name }) => name)).toEqual(['Town 3']);
  });

  it('count a journey over the date line by the calendars of its places', () => {
    const figures = figuresOf([moment(1, 0, { localDate: '2026-07-05' }), moment(2, 3, { localDate: '2026-07-04' })]);
    expect(figures?.days).toBe(2);
  });

  it('count a return as a stop of its own, but no other town', () => {
    const stops = stopsOf([moment(1, 0), moment(2, 1), moment(1, 2)]);
    expect(stops).toHaveLength(3);
    expect(journeyFigures(stops)?.places).toHaveLength(2);
  });

  it('are none without a moment', () => {
    expect(journeyFigures([])).toBeUndefined();
  });
});
