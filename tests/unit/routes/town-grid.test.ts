import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceKm, type Point, wrapLongitude } from '../../../shared/domain/geodesy.ts';
import { townGrid } from '../../../shared/domain/routes/town-grid.ts';

/** What measuring every pair finds. */
function neighborsByMeasuring(points: readonly Point[], node: number, radiusKm: number) {
  const [from] = points.slice(node);
  return points
    .map((point, other) => ({ node: other, distanceKm: from ? distanceKm(from, point) : Number.NaN }))
    .filter((neighbor) => neighbor.node !== node && neighbor.distanceKm <= radiusKm);
}

const byNode = (one: { readonly node: number }, other: { readonly node: number }) => one.node - other.node;

function findsTheSame(points: readonly Point[], radiusKm: number): void {
  const near = townGrid(points);
  for (const node of points.keys()) {
    expect(near(node, radiusKm).toSorted(byNode)).toEqual(neighborsByMeasuring(points, node, radiusKm));
  }
}

const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Towns of one region, anywhere but at a pole. */
const region = fc
  .tuple(
    fc.record({ latitude: degrees(-70, 70), longitude: degrees(-180, 180) }),
    fc.array(fc.record({ north: degrees(-4, 4), east: degrees(-6, 6) }), { maxLength: 30 }),
  )
  .map(([middle, offsets]) => [
    middle,
    ...offsets.map(({ north, east }) => ({
      latitude: middle.latitude + north,
      longitude: wrapLongitude(middle.longitude + east),
    })),
  ]);

describe('the grid of towns', () => {
  it('finds just the towns that measuring every pair finds, each once and with its distance', () => {
    fc.assert(fc.property(region, degrees(1, 300), (points, radiusKm) => findsTheSame(points, radiusKm)));
  });

  it('finds them on the equator and across the date line', () => {
    const longitudes = [179, 179.4, 179.9, -179.9, -179.4, -179];
    const equator = [0.2, -0.2].flatMap((latitude) =>
      [-0.6, -0.1, 0, 0.1, 0.6].map((longitude) => ({ latitude, longitude })),
    );
    findsTheSame([...longitudes.map((longitude) => ({ latitude: -16.8, longitude })), ...equator], 60);
  });

  it('has no neighbour for a town that stands alone', () => {
    expect(townGrid([{ latitude: 0.1, longitude: 0.1 }])(0, 300)).toEqual([]);
  });

  it('finds a neighbour that lies just as far off as it looks', () => {
    const points = [
      { latitude: 10, longitude: 20 },
      { latitude: 11, longitude: 20 },
    ];
    const [neighbor] = neighborsByMeasuring(points, 0, 200);
    expect(townGrid(points)(0, neighbor?.distanceKm ?? 0)).toEqual([neighbor]);
  });

  it('finds each once where the meridians are so near that all of them are looked at', () => {
    const round = Array.from({ length: 12 }, (_, index) => ({
      latitude: 68 + (index % 3),
      longitude: index * 30 - 180,
    }));
    findsTheSame(round, 2_000);
  });
});
