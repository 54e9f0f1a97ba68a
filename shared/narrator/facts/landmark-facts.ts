import { distanceKm, type Point } from '../../domain/geodesy.ts';
import type { Fact } from '../../domain/story.ts';
import { fill } from '../grammar/fill.ts';
import { landmarks } from '../landmarks/all-landmarks.ts';
import type { Landmark, LandmarkFact } from '../landmarks/landmark.ts';
import { withArticle } from '../wording.ts';
import { inBothUnits, wayTo } from './place-words.ts';
import type { Scene } from './scene.ts';

/** An hour's drive. */
const rangeKm = 100;
const mostLandmarks = 4;

/** The landmarks within reach, nearest first: for each a fact where it is and facts what it is. */
export function landmarkFacts({ point }: Scene): Fact[] {
  return landmarks
    .map((landmark) => ({ landmark, distance: distanceKm(point, landmark) }))
    .filter(({ distance }) => distance <= rangeKm)
    .sort((first, second) => first.distance - second.distance)
    .slice(0, mostLandmarks)
    .flatMap(({ landmark, distance }) => [
      whereFact(landmark, point, distance),
      ...landmark.facts.map((fact, index) => detailFact(landmark, fact, index)),
    ]);
}

/** Nearer than this the traveller is looking at it. */
const atHandKm = 1.5;

function whereFact(landmark: Landmark, point: Point, distance: number): Fact {
  const way = wayTo(point, landmark);
  const measured = inBothUnits(way.distanceMetric, way.distanceImperial);
  return {
    id: `landmark-${landmark.id}`,
    kind: 'landmark',
    text: `${landmark.name}, ${withArticle(landmark.kind)}, is ${measured} to the ${way.direction}.`,
    source: landmark.facts[0]?.source ?? '',
    values: {
      landmark: landmark.id,
      name: landmark.article === undefined ? landmark.name : `${landmark.article} ${landmark.name}`,
      ...sightOf(landmark),
      is: landmark.plural === true ? 'are' : 'is',
      range: distance < atHandKm ? 'here' : 'away',
      ...way,
    },
  };
}

/** What it is, unless its name says so: nobody needs "the Point Reyes Lighthouse, a lighthouse". */
function sightOf({ name, kind }: Landmark): { sight?: string } {
  const noun = kind.split(' ').at(-1) ?? kind;
  return name.toLowerCase().includes(noun) ? {} : { sight: withArticle(kind) };
}

function detailFact(landmark: Landmark, fact: LandmarkFact, index: number): Fact {
  const measures = Object.entries(fact.measures ?? {}).flatMap(([name, { metric, imperial }]) => [
    [`${name}Metric`, metric],
    [`${name}Imperial`, imperial],
  ]);
  const values: Fact['values'] = {
    landmark: landmark.id,
    name: landmark.name,
    statement: fact.text,
    topics: fact.interests.join(' '),
    ...Object.fromEntries(measures),
  };
  return {
    id: `landmark-${landmark.id}-${index + 1}`,
    kind: 'landmark-detail',
    text: `${landmark.name}: ${fill(fact.text, values, 'metric') ?? fact.text}`,
    source: fact.source,
    values,
  };
}
