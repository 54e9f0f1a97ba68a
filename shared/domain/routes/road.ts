import { distanceKm, type Point } from '../geodesy.ts';

/** A stretch of road as somebody else has measured it, such as one leg of a route. */
export interface RoadStretch {
  /** Its course, at least one point. */
  readonly line: readonly Point[];
  readonly lengthKm: number;
  readonly durationSeconds: number;
}

/** A point of a road, and what lies between the start and it. */
export interface RoadPoint extends Point {
  readonly alongKm: number;
  readonly arrivalSeconds: number;
}

/** Points that lie closer than this to the one before are left out, kilometres: nothing is looked for more exactly. */
const finestKm = 0.2;

/**
 * The stretches as one road. Within a stretch, way and time grow evenly with its line, and reach what was measured at its end, though a line is a
 * little shorter than the road.
 */
export function roadOver(stretches: readonly RoadStretch[]): readonly RoadPoint[] {
  const road: RoadPoint[] = [];
  let start = { alongKm: 0, arrivalSeconds: 0 };
  for (const stretch of stretches) {
    road.push(...measured(stretch, start));
    start = {
      alongKm: start.alongKm + stretch.lengthKm,
      arrivalSeconds: start.arrivalSeconds + stretch.durationSeconds,
    };
  }
  return road;
}

function measured(
  { line, lengthKm, durationSeconds }: RoadStretch,
  start: Pick<RoadPoint, 'alongKm' | 'arrivalSeconds'>,
): readonly RoadPoint[] {
  const courses = coursesOf(line);
  const lineKm = courses.at(-1)?.km ?? 0;
  return thinned(courses).map(({ point: { latitude, longitude }, km }) => {
    const part = lineKm === 0 ? 0 : km / lineKm;
    return {
      latitude,
      longitude,
      alongKm: start.alongKm + part * lengthKm,
      arrivalSeconds: start.arrivalSeconds + part * durationSeconds,
    };
  });
}

interface Course {
  readonly point: Point;
  /** Along the line. */
  readonly km: number;
}

function coursesOf(line: readonly Point[]): readonly Course[] {
  let km = 0;
  return line.map((point, index) => {
    const before = line[index - 1];
    km += before ? distanceKm(before, point) : 0;
    return { point, km };
  });
}

/** Both ends stay. */
function thinned(courses: readonly Course[]): readonly Course[] {
  let kept = Number.NEGATIVE_INFINITY;
  return courses.filter(({ km }, index) => {
    if (km - kept < finestKm && index < courses.length - 1) return false;
    kept = km;
    return true;
  });
}
