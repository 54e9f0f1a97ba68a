import { kmPerDegree, type Point } from '../../domain/geodesy.ts';

/** A rectangle of latitudes and longitudes that does not cross the date line. */
export interface Box {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

/** One or two boxes that hold every point within `radiusKm`: all longitudes near a pole, two boxes over the date line. */
export function boxesAround(point: Point, radiusKm: number): readonly Box[] {
  const degrees = radiusKm / kmPerDegree;
  const south = Math.max(-90, point.latitude - degrees);
  const north = Math.min(90, point.latitude + degrees);
  const width = longitudeReach(point.latitude, degrees);
  const west = point.longitude - width;
  const east = point.longitude + width;
  if (width >= 180) {
    return [{ south, north, west: -180, east: 180 }];
  }
  if (west < -180) {
    return [
      { south, north, west: -180, east },
      { south, north, west: west + 360, east: 180 },
    ];
  }
  if (east > 180) {
    return [
      { south, north, west, east: 180 },
      { south, north, west: -180, east: east - 360 },
    ];
  }
  return [{ south, north, west, east }];
}

/** How many degrees of longitude a circle reaches to each side; 180 if it holds a pole. */
function longitudeReach(latitude: number, degrees: number): number {
  if (Math.abs(latitude) + degrees >= 90) {
    return 180;
  }
  const radians = Math.PI / 180;
  return Math.asin(Math.sin(degrees * radians) / Math.cos(latitude * radians)) / radians;
}
