import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { inputFiles } from './inputs.ts';

const divisionsSchema = z.array(z.object({ code: z.string(), name: z.string() }));

/** Names of the first-order divisions by code, such as `US.NM`. */
export function readRegionNames(): Map<string, string> {
  return readNames(inputFiles.regions);
}

/** Names of the second-order divisions by code, such as `US.NM.037`. */
export function readDistrictNames(): Map<string, string> {
  return readNames(inputFiles.districts);
}

function readNames(file: string): Map<string, string> {
  const divisions = divisionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Map(divisions.map((division) => [division.code, division.name]));
}
