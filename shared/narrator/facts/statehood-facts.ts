import type { Fact } from '../../domain/story.ts';
import { statehoodOf } from '../statehood.ts';
import { ordinal } from '../wording.ts';
import type { Scene } from './scene.ts';

/** When the US state of the place joined the Union, and as which. */
export function statehoodFacts({ here }: Scene): Fact[] {
  const statehood = here.countryCode === 'US' ? statehoodOf(here.regionCode ?? '') : undefined;
  if (statehood === undefined || here.region === undefined) {
    return [];
  }
  const order = ordinal(statehood.order);
  return [
    {
      id: 'statehood',
      kind: 'statehood',
      text: `${here.region} joined the Union in ${statehood.year}, the ${order} state to do so.`,
      source: statehood.source,
      values: { state: here.region, year: statehood.year, order, union: 'Union' },
    },
  ];
}
