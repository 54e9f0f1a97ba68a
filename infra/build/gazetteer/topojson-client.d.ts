/** The part of topojson-client this build uses; the package has no types. The answer is GeoJSON, parsed by the caller. */
declare module 'topojson-client' {
  export function feature(topology: unknown, object: unknown): unknown;
}
