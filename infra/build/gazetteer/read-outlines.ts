import { readFileSync } from 'node:fs';
import { feature } from 'topojson-client';
import * as z from 'zod';
import type { Outline } from '../../../shared/adapters/gazetteer/outline-codec.ts';
import { inputFiles } from './inputs.ts';

/** A named area of the map with all its outlines; holes are outlines too, and an odd number of crossings is inside. */
export interface Area {
  /** FIPS code of a US county; empty for land. */
  readonly code: string;
  readonly name: string;
  readonly outlines: readonly Outline[];
}

const ringSchema = z.array(z.tuple([z.number(), z.number()]));
const geometrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ringSchema) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ringSchema)) }),
]);
const featureSchema = z.object({
  id: z.string().default(''),
  properties: z.object({ name: z.string().default('') }),
  geometry: geometrySchema,
});
const collectionSchema = z.object({ features: z.array(featureSchema) });
const topologySchema = z.looseObject({ objects: z.record(z.string(), z.unknown()) });

/** Counties of the United States, from the Census Bureau's cartographic boundaries of 2017, simplified by us-atlas. */
export function readCounties(): Area[] {
  return readAreas(inputFiles.counties, 'counties');
}

/** The states' names by their two-digit FIPS code. */
export function readStateNames(): Map<string, string> {
  return new Map(readAreas(inputFiles.counties, 'states').map((state) => [state.code, state.name]));
}

/** All land of Natural Earth's 1:50 million map. */
export function readLand(): Area[] {
  return readAreas(inputFiles.land, 'land');
}

function readAreas(file: string, objectName: string): Area[] {
  const topology = topologySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const collection = collectionSchema.parse(feature(topology, topology.objects[objectName]));
  return collection.features.map(({ id, properties, geometry }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    const outlines = polygons.flat().map((ring) => ring.map(([longitude, latitude]) => ({ latitude, longitude })));
    return { code: id, name: properties.name, outlines };
  });
}
