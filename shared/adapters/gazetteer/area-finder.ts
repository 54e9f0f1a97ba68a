import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { County } from '../../domain/gazetteer.ts';
import type { Point } from '../../domain/geodesy.ts';
import { boxesAround } from './boxes.ts';
import { decodeOutline, type Outline } from './outline-codec.ts';
import { distanceToOutlinesKm, isInside } from './outlines.ts';

/** Answers which area of the map a point is in. */
export interface AreaFinder {
  county(point: Point): County | undefined;
  openSea(point: Point, marginKm: number): boolean;
}

/**
 * The outlines are simplified: corners lie about 0.4 km apart in the grid they were rounded to, and small bends are cut.
 * Closer to a border than this no county is named.
 */
const borderMarginKm = 2.5;

const areaSchema = z.object({ id: z.number(), code: z.string(), name: z.string(), state: z.string() });
const outlineSchema = z.object({ id: z.number(), area_id: z.number(), corners: z.instanceof(Uint8Array) });

const outlinesInBox = `
  select outline.id, outline.area_id, outline.corners from outline_box
  join outline on outline.id = outline_box.id join area on area.id = outline.area_id
  where south <= ?1 and north >= ?2 and west <= ?3 and east >= ?4 and area.kind = ?5
`;

/** An area finder over an open gazetteer file. Outlines once decoded are kept: all of them take about 10 MB. */
export function createAreaFinder(database: DatabaseSync): AreaFinder {
  const findOutlines = database.prepare(outlinesInBox);
  const findArea = database.prepare('select id, code, name, state from area where id = ?');

  const decoded = new Map<number, Outline>();
  const outlineOf = ({ id, corners }: z.infer<typeof outlineSchema>): Outline => {
    const outline = decoded.get(id) ?? decodeOutline(corners);
    decoded.set(id, outline);
    return outline;
  };

  /** Each outline once, though two boxes may find it: counted twice it would turn inside out. */
  const outlinesNear = (kind: 'county' | 'land', point: Point, marginKm: number) => {
    const rows = boxesAround(point, marginKm)
      .flatMap((box) => findOutlines.all(box.north, box.south, box.east, box.west, kind))
      .map((row) => outlineSchema.parse(row));
    const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
    return distinct.map((row) => ({ areaId: row.area_id, outline: outlineOf(row) }));
  };

  return {
    county: (point) => {
      const near = outlinesNear('county', point, borderMarginKm);
      const byArea = Map.groupBy(near, ({ areaId }) => areaId);
      const areaId = [...byArea.keys()].find((id) => isInside(point, outlinesOf(byArea.get(id))));
      if (areaId === undefined || distanceToOutlinesKm(point, outlinesOf(near)) < borderMarginKm) {
        return undefined;
      }
      const { code, name, state } = areaSchema.parse(findArea.get(areaId));
      return { code, name, state };
    },
    openSea: (point, marginKm) => {
      const land = outlinesOf(outlinesNear('land', point, marginKm));
      return !isInside(point, land) && distanceToOutlinesKm(point, land) > marginKm;
    },
  };
}

function outlinesOf(rows: readonly { readonly outline: Outline }[] | undefined): Outline[] {
  return (rows ?? []).map(({ outline }) => outline);
}
