import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inputFiles } from '../../../infra/build/gazetteer/inputs.ts';
import type { Point } from '../../../shared/domain/geodesy.ts';
import type { Fact } from '../../../shared/domain/story.ts';
import { collectFacts } from '../../../shared/narrator/collect-facts.ts';
import { builtGazetteer } from '../../support/gazetteer.ts';
import { storyBrief } from '../../support/story-brief.ts';

/** GeoNames as it was published, read apart from the gazetteer, by record number. */
const records = new Map(
  readFileSync(inputFiles.places, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .map((columns) => [columns[0] ?? '', columns] as const),
);
const gazetteer = await builtGazetteer();

/** Points spread over the sphere and, more closely, over the mountains and towns of North America. */
const points: Point[] = Array.from({ length: 250 }, (_, index) => index).flatMap((index) => [
  { latitude: (Math.asin(-1 + (2 * index + 1) / 250) * 180) / Math.PI, longitude: ((index * 137.508) % 360) - 180 },
  { latitude: 26 + ((index * 7.31) % 24), longitude: -123 + ((index * 13.77) % 50) },
]);
const scenes = points.map((point) => ({ point, facts: collectFacts(gazetteer, storyBrief({ location: point })) }));

/** Facts of one kind with the GeoNames record each names as its source. */
function sourced(kind: string): { fact: Fact; point: Point; record: readonly string[] }[] {
  return scenes.flatMap(({ point, facts }) =>
    facts
      .filter((fact) => fact.kind === kind)
      .map((fact) => {
        const id = /^GeoNames record (\d+)/.exec(fact.source)?.[1] ?? '';
        return { fact, point, record: records.get(id) ?? [] };
      }),
  );
}

/** The spherical law of cosines: another formula than the narrator's. */
function kilometersBetween(from: Point, record: readonly string[]): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [latitude, longitude] = [Number(record[4]), Number(record[5])];
  const cosine =
    Math.sin(radians(from.latitude)) * Math.sin(radians(latitude)) +
    Math.cos(radians(from.latitude)) * Math.cos(radians(latitude)) * Math.cos(radians(longitude - from.longitude));
  return 6371 * Math.acos(Math.min(1, cosine));
}

function numberIn(text: string | number | undefined): number {
  return Number(/[\d,]+/.exec(String(text))?.[0].replaceAll(',', '') ?? 1);
}

describe('a fact', () => {
  it.each([
    ['here', 'place'],
    ['population', 'place'],
    ['elevation', 'place'],
    ['city', 'city'],
    ['region-capital', 'capital'],
    ['country-capital', 'capital'],
    ['relief', 'other'],
    ['latitude', 'place'],
    ['far-side', 'place'],
  ])('of kind %s names the place of the record it gives as its source', (kind, name) => {
    const cases = sourced(kind);
    expect(cases.length).toBeGreaterThan(10);
    expect(cases.filter(({ fact, record }) => fact.values[name] !== record[1])).toEqual([]);
  });

  it.each(['here', 'city', 'region-capital', 'country-capital', 'relief'])(
    'of kind %s gives a distance within three percent or one kilometer of the record’s',
    (kind) => {
      const wrong = sourced(kind).filter(({ fact, point, record }) => {
        const truth = kilometersBetween(point, record);
        const kilometers = numberIn(fact.values.distanceMetric);
        const miles = numberIn(fact.values.distanceImperial) * 1.609344;
        return Math.abs(kilometers - truth) > 1 + truth * 0.03 || Math.abs(miles - truth) > 1.7 + truth * 0.03;
      });
      expect(wrong).toEqual([]);
    },
  );

  it('of population is the record’s, rounded by no more than five percent', () => {
    const wrong = sourced('population').filter(({ fact, record }) => {
      const truth = Number(record[14]);
      const scale = String(fact.values.people).includes('million') ? 1e6 : 1;
      const said = Number(/[\d.,]+/.exec(String(fact.values.people))?.[0].replaceAll(',', '')) * scale;
      return fact.values.population !== truth || Math.abs(said - truth) > Math.max(5, truth * 0.05);
    });
    expect(wrong).toEqual([]);
  });

  it('of elevation is the record’s', () => {
    const wrong = sourced('elevation').filter(({ fact, record }) => {
      const truth = Math.abs(Number(record[15] === '' ? record[16] : record[15]));
      return Math.abs(numberIn(fact.values.heightMetric) - truth) > 2.5 + truth * 0.05;
    });
    expect(wrong).toEqual([]);
  });

  it('of the place at hand gives the nearest record or a better known one close by', () => {
    for (const { fact, point, record } of sourced('here').slice(0, 60)) {
      const nearest = [...records.values()]
        .filter((columns) => columns.length === 19 && !/^PPL([XQHW]|CH)$/.test(columns[7] ?? ''))
        .map((columns) => kilometersBetween(point, columns))
        .reduce((first, second) => Math.min(first, second), Number.POSITIVE_INFINITY);
      const distance = kilometersBetween(point, record);
      expect(distance <= 6 || distance - nearest < 0.01, fact.text).toBe(true);
    }
  });
});
