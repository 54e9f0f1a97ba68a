import { africa } from './africa.ts';
import { canada } from './canada.ts';
import { eastAndSoutheastAsia } from './east-and-southeast-asia.ts';
import type { Landmark } from './landmark.ts';
import { middleAmerica } from './middle-america.ts';
import { northernAndWesternEurope } from './northern-and-western-europe.ts';
import { oceaniaAndAntarctica } from './oceania-and-antarctica.ts';
import { southAmerica } from './south-america.ts';
import { southAndWestAsia } from './south-and-west-asia.ts';
import { southernAndEasternEurope } from './southern-and-eastern-europe.ts';
import { usCalifornia } from './us-california.ts';
import { usDeepSouth } from './us-deep-south.ts';
import { usGreatLakes } from './us-great-lakes.ts';
import { usMidAtlantic } from './us-mid-atlantic.ts';
import { usMountains } from './us-mountains.ts';
import { usNewEngland } from './us-new-england.ts';
import { usPacificNorthwestAndIslands } from './us-pacific-northwest-and-islands.ts';
import { usPlains } from './us-plains.ts';
import { usSouthwest } from './us-southwest.ts';
import { usUpperMississippi } from './us-upper-mississippi.ts';
import { usUpperSouth } from './us-upper-south.ts';

/** Every landmark, by region. */
export const landmarks: readonly Landmark[] = [
  ...usCalifornia,
  ...usPacificNorthwestAndIslands,
  ...usSouthwest,
  ...usMountains,
  ...usPlains,
  ...usUpperMississippi,
  ...usGreatLakes,
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
  ...eastAndSoutheastAsia,
  ...southAndWestAsia,
  ...oceaniaAndAntarctica,
];
