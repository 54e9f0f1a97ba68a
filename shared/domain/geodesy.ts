/** A position on the Earth, in degrees, WGS 84. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

const radiansPerDegree = Math.PI / 180;

/** Mean radius of the Earth in kilometres (IUGG R1); with it a distance on the sphere is right to about 0.5 %. */
const earthRadiusKm = 6371.0088;

/** Kilometres in one degree of latitude on that sphere. */
export const kmPerDegree = earthRadiusKm * radiansPerDegree;

/** Distance along the surface, in kilometres, as the crow flies. */
export function distanceKm(from: Point, to: Point): number {
  const halfLatitude = ((to.latitude - from.latitude) * radiansPerDegree) / 2;
  const halfLongitude = ((to.longitude - from.longitude) * radiansPerDegree) / 2;
  const cosines = Math.cos(from.latitude * radiansPerDegree) * Math.cos(to.latitude * radiansPerDegree);
  const haversine = Math.sin(halfLatitude) ** 2 + cosines * Math.sin(halfLongitude) ** 2;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(haversine)));
}

/** Direction in which the shortest way from one point to the other sets out: degrees clockwise from north, 0 to 360. */
export function bearingDegrees(from: Point, to: Point): number {
  const fromLatitude = from.latitude * radiansPerDegree;
  const toLatitude = to.latitude * radiansPerDegree;
  const turn = (to.longitude - from.longitude) * radiansPerDegree;
  const east = Math.sin(turn) * Math.cos(toLatitude);
  const north =
    Math.cos(fromLatitude) * Math.sin(toLatitude) - Math.sin(fromLatitude) * Math.cos(toLatitude) * Math.cos(turn);
  return (Math.atan2(east, north) / radiansPerDegree + 360) % 360;
}

/** The point diametrically opposite. */
export function antipodeOf(point: Point): Point {
  return { latitude: -point.latitude, longitude: wrapLongitude(point.longitude + 180) };
}

/** The same meridian written in [-180, 180). */
export function wrapLongitude(longitude: number): number {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}

/** The point half-way along the shortest way from one to the other. */
export function midpoint(from: Point, to: Point): Point {
  const sum = [from, to].map(unitVector).reduce(([ax, ay, az], [bx, by, bz]) => [ax + bx, ay + by, az + bz]);
  const [x, y, z] = sum;
  return {
    latitude: Math.atan2(z, Math.hypot(x, y)) / radiansPerDegree,
    longitude: Math.atan2(y, x) / radiansPerDegree,
  };
}

function unitVector({ latitude, longitude }: Point): readonly [number, number, number] {
  const across = Math.cos(latitude * radiansPerDegree);
  const east = longitude * radiansPerDegree;
  return [across * Math.cos(east), across * Math.sin(east), Math.sin(latitude * radiansPerDegree)];
}

/** Where a short straight way comes nearest to a point: the part of the way behind it, 0 to 1, and the distance in kilometres. Not for poles. */
export function nearestOnWay(
  point: Point,
  from: Point,
  to: Point,
): { readonly part: number; readonly distanceKm: number } {
  const [fromEast, fromNorth] = offsetDegrees(point, from);
  const [toEast, toNorth] = offsetDegrees(point, to);
  const [east, north] = [toEast - fromEast, toNorth - fromNorth];
  const lengthSquared = east ** 2 + north ** 2;
  const projected = lengthSquared === 0 ? 0 : -(fromEast * east + fromNorth * north) / lengthSquared;
  const part = Math.min(1, Math.max(0, projected));
  return { part, distanceKm: Math.hypot(fromEast + part * east, fromNorth + part * north) * kmPerDegree };
}

/** East and north of the origin, in degrees of latitude, on a plane that touches the Earth there. */
function offsetDegrees(origin: Point, { latitude, longitude }: Point): readonly [number, number] {
  const shrink = Math.cos(origin.latitude * radiansPerDegree);
  return [wrapLongitude(longitude - origin.longitude) * shrink, latitude - origin.latitude];
}
