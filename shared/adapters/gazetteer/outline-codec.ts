import type { Point } from '../../domain/geodesy.ts';

/** Corners of one closed outline; the last corner joins the first. */
export type Outline = readonly Point[];

/** Steps per degree: 1/10,000 of a degree is 11 m, far finer than the maps. */
const stepsPerDegree = 10_000;
const bytesPerCorner = 8;

/** Packs an outline into bytes for the database: two 32-bit integers a corner, latitude first. */
export function encodeOutline(outline: Outline): Uint8Array {
  const bytes = new Uint8Array(outline.length * bytesPerCorner);
  const view = new DataView(bytes.buffer);
  outline.forEach((corner, index) => {
    view.setInt32(index * bytesPerCorner, Math.round(corner.latitude * stepsPerDegree));
    view.setInt32(index * bytesPerCorner + 4, Math.round(corner.longitude * stepsPerDegree));
  });
  return bytes;
}

/** The outline that `encodeOutline` packed, to 1/10,000 of a degree. */
export function decodeOutline(bytes: Uint8Array): Outline {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / bytesPerCorner }, (_, index) => ({
    latitude: view.getInt32(index * bytesPerCorner) / stepsPerDegree,
    longitude: view.getInt32(index * bytesPerCorner + 4) / stepsPerDegree,
  }));
}
