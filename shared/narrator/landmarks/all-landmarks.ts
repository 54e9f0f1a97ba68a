import { africa } from './africa.ts';
import { asia } from './asia.ts';
import { canada } from './canada.ts';
import type { Landmark } from './landmark.ts';
import { middleAmerica } from './middle-america.ts';
import { northernAndWesternEurope } from './northern-and-western-europe.ts';
import { oceaniaAndAntarctica } from './oceania-and-antarctica.ts';
import { southAmerica } from './south-america.ts';
import { southernAndEasternEurope } from './southern-and-eastern-europe.ts';
import { usDeepSouth } from './us-deep-south.ts';
import { usMidAtlantic } from './us-mid-atlantic.ts';
import { usMidwest } from './us-midwest.ts';
import { usMountains } from './us-mountains.ts';
import { usNewEngland } from './us-new-england.ts';
import { usPacific } from './us-pacific.ts';
import { usPlains } from './us-plains.ts';
import { usSouthwest } from './us-southwest.ts';
import { usUpperSouth } from './us-upper-south.ts';

/** Every landmark, by region. */
export const landmarks: readonly Landmark[] = [
  ...usPacific,
  ...usSouthwest,
  ...usMountains,
  ...usPlains,
  ...usMidwest,
  ...usDeepSouth,
  ...usUpperSouth,
  ...usMidAtlantic,
  ...usNewEngland,
  ...canada,
  ...middleAmerica,
  ...southAmerica,
  ...northernAndWesternEurope,
  ...southernAndEasternEurope,
  ...africa,
  ...asia,
  ...oceaniaAndAntarctica,
];
