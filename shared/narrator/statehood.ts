/** When a state entered the Union. */
export interface Statehood {
  readonly year: number;
  /** 1 to 50. */
  readonly order: number;
  readonly source: string;
}

/**
 * The quarters were issued in the order in which the states ratified the Constitution or were admitted, and each bears the
 * year.
 */
const source = 'https://www.usmint.gov/coins/coin-medal-programs/50-state-quarters';

/** The statehood of a state by its postal code; undefined for anything else. */
export function statehoodOf(postalCode: string): Statehood | undefined {
  const row = rows.find(([code]) => code === postalCode);
  return row === undefined ? undefined : { year: row[1], order: rows.indexOf(row) + 1, source };
}

/** In order of admission. */
const rows: readonly (readonly [postalCode: string, year: number])[] = [
  ['DE', 1787],
  ['PA', 1787],
  ['NJ', 1787],
  ['GA', 1788],
  ['CT', 1788],
  ['MA', 1788],
  ['MD', 1788],
  ['SC', 1788],
  ['NH', 1788],
  ['VA', 1788],
  ['NY', 1788],
  ['NC', 1789],
  ['RI', 1790],
  ['VT', 1791],
  ['KY', 1792],
  ['TN', 1796],
  ['OH', 1803],
  ['LA', 1812],
  ['IN', 1816],
  ['MS', 1817],
  ['IL', 1818],
  ['AL', 1819],
  ['ME', 1820],
  ['MO', 1821],
  ['AR', 1836],
  ['MI', 1837],
  ['FL', 1845],
  ['TX', 1845],
  ['IA', 1846],
  ['WI', 1848],
  ['CA', 1850],
  ['MN', 1858],
  ['OR', 1859],
  ['KS', 1861],
  ['WV', 1863],
  ['NV', 1864],
  ['NE', 1867],
  ['CO', 1876],
  ['ND', 1889],
  ['SD', 1889],
  ['MT', 1889],
  ['WA', 1889],
  ['ID', 1890],
  ['WY', 1890],
  ['UT', 1896],
  ['OK', 1907],
  ['NM', 1912],
  ['AZ', 1912],
  ['AK', 1959],
  ['HI', 1959],
];
