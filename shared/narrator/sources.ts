import type { Fact } from '../domain/story.ts';

/** The record of one place. */
export function geoNamesSource(id: number): string {
  return `GeoNames record ${id}, https://www.geonames.org/${id}`;
}

/** Several records at once, or a count over all of them. */
export const geoNamesDataSource = 'GeoNames, places of 500 people and more, https://www.geonames.org/export/';

/** The outline of one county. */
export function countySource(code: string): string {
  return `U.S. Census Bureau, cartographic boundaries 2017, county ${code}, https://www.census.gov/geographies/mapping-files/time-series/geo/carto-boundary-file.html`;
}

export const naturalEarthSource = 'Natural Earth, land 1:50 million, https://www.naturalearthdata.com/';

/** Arithmetic on the coordinates and nothing else. */
export const geometrySource = 'Computed from the coordinates, WGS 84';

/** Sun and moon; the zone decides what the clock shows. */
export function astronomySource(timeZone: string): string {
  return `Computed by SunCalc for the coordinates, in the time zone ${timeZone}`;
}

/** Who must or should be named for which source; the first row is a condition of its licence. */
const creditRows: readonly { readonly mark: string; readonly credit: string }[] = [
  { mark: 'GeoNames', credit: 'Place data: GeoNames (https://www.geonames.org), CC BY 4.0' },
  { mark: 'U.S. Census Bureau', credit: 'County outlines: U.S. Census Bureau, public domain' },
  { mark: 'Natural Earth', credit: 'Land outlines: Natural Earth, public domain' },
  { mark: 'nps.gov', credit: 'Landmarks: U.S. National Park Service (https://www.nps.gov)' },
  { mark: 'usgs.gov', credit: 'Landmarks: U.S. Geological Survey (https://www.usgs.gov)' },
  { mark: 'nasa.gov', credit: 'Landmarks: NASA (https://www.nasa.gov)' },
  { mark: 'whc.unesco.org', credit: 'Landmarks: UNESCO World Heritage Centre (https://whc.unesco.org)' },
];

/** The credits owed for a set of facts, in a fixed order; a landmark's page that has no row is credited by its site. */
export function creditsFor(facts: readonly Fact[]): string[] {
  const sources = facts.map((fact) => fact.source);
  const named = creditRows.filter(({ mark }) => sources.some((source) => source.includes(mark)));
  const pages = facts.filter((fact) => fact.kind === 'landmark-detail').map((fact) => fact.source);
  const others = pages.filter((page) => creditRows.every(({ mark }) => !page.includes(mark)));
  const sites = new Set(others.map((page) => `Landmarks: ${new URL(page).hostname.replace(/^www\./, '')}`));
  return [...named.map(({ credit }) => credit), ...[...sites].toSorted()];
}
