import { africaAndAsia } from './africa-and-asia.ts';
import { americas } from './americas.ts';
import { europe } from './europe.ts';
import type { Landmark } from './landmark.ts';
import { oceaniaAndAntarctica } from './oceania-and-antarctica.ts';
import { usMountainsAndPlains } from './us-mountains-and-plains.ts';
import { usNortheast } from './us-northeast.ts';
import { usPacific } from './us-pacific.ts';
import { usSouth } from './us-south.ts';
import { usSouthwest } from './us-southwest.ts';

/** Every landmark, by region. */
export const landmarks: readonly Landmark[] = [
  ...usPacific,
  ...usSouthwest,
  ...usMountainsAndPlains,
  ...usSouth,
  ...usNortheast,
  ...americas,
  ...europe,
  ...africaAndAsia,
  ...oceaniaAndAntarctica,
];
