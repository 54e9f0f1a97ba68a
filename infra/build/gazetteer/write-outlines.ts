import type { DatabaseSync } from 'node:sqlite';
import { encodeOutline, type Outline } from '../../../shared/adapters/gazetteer/outline-codec.ts';
import { readDistrictNames, readRegionNames } from './divisions.ts';
import { type Area, readCounties, readLand, readStateNames } from './read-outlines.ts';
import { unwrapOutline } from './unwrap-outline.ts';

/** Fills the area and outline tables with US counties and the world's land. */
export function writeOutlines(database: DatabaseSync): void {
  const countyNamed = countyNaming();
  for (const county of readCounties()) {
    const { name, state } = countyNamed(county);
    writeArea(database, { kind: 'county', code: county.code, name, state, outlines: county.outlines });
  }
  for (const land of readLand()) {
    writeArea(database, { kind: 'land', code: '', name: '', state: '', outlines: land.outlines });
  }
}

interface NamedArea extends Area {
  readonly kind: 'county' | 'land';
  readonly state: string;
}

function writeArea(database: DatabaseSync, area: NamedArea): void {
  const insertArea = database.prepare('insert into area(kind, code, name, state) values (?, ?, ?, ?)');
  const areaId = insertArea.run(area.kind, area.code, area.name, area.state).lastInsertRowid;
  const insertOutline = database.prepare('insert into outline(area_id, corners) values (?, ?)');
  const insertBox = database.prepare('insert into outline_box values (?, ?, ?, ?, ?)');
  for (const outline of area.outlines.flatMap(unwrapOutline)) {
    const outlineId = insertOutline.run(areaId, encodeOutline(outline)).lastInsertRowid;
    insertBox.run(outlineId, ...boxOf(outline));
  }
}

function boxOf(outline: Outline): [south: number, north: number, west: number, east: number] {
  const latitudes = outline.map((corner) => corner.latitude);
  const longitudes = outline.map((corner) => corner.longitude);
  return [Math.min(...latitudes), Math.max(...latitudes), Math.min(...longitudes), Math.max(...longitudes)];
}

/** The map has bare names ("Orleans"); GeoNames has the full ones ("Orleans Parish") under the same FIPS code. */
function countyNaming(): (county: Area) => { name: string; state: string } {
  const stateNames = readStateNames();
  const postalCodes = new Map(
    [...readRegionNames()].filter(([code]) => code.startsWith('US.')).map(([code, name]) => [name, code.slice(3)]),
  );
  const districtNames = readDistrictNames();
  return (county) => {
    const state = stateNames.get(county.code.slice(0, 2)) ?? '';
    const fullName = districtNames.get(`US.${postalCodes.get(state) ?? ''}.${county.code.slice(2)}`);
    return { name: fullName?.includes(county.name) ? fullName : `${county.name} County`, state };
  };
}
