import * as z from 'zod';
import type { RoadStretch } from '../../domain/routes/road.ts';

const metersPerKm = 1_000;

/** The stretches of the first route in an answer of CalculateRoutes; undefined when it has none. Throws when it cannot be read. */
export function stretchesOf(answer: unknown): readonly RoadStretch[] | undefined {
  const [route] = Answer.parse(answer).Routes;
  if (!route) return undefined;
  const stretches = route.Legs.flatMap(({ line, overview }) => (overview ? [stretch(line, overview)] : []));
  if (stretches.length === route.Legs.length) return stretches;
  const line = route.Legs.flatMap((leg) => leg.line);
  return [stretch(line, Overview.parse(route.Summary))];
}

function stretch(line: RoadStretch['line'], { Distance, Duration }: z.infer<typeof Overview>): RoadStretch {
  return { line, lengthKm: Distance / metersPerKm, durationSeconds: Duration };
}

/** Meters and seconds. */
const Overview = z.object({ Distance: z.number().nonnegative(), Duration: z.number().nonnegative() });

const Details = z.object({ Summary: z.object({ Overview: Overview.optional() }).optional() }).optional();

const Position = z
  .tuple([z.number(), z.number()], z.number())
  .transform(([longitude, latitude]) => ({ latitude, longitude }));

/** A ferry is a leg of its own, and so is the walk to it. */
const Leg = z
  .object({
    Geometry: z.object({ LineString: z.array(Position).min(1) }),
    VehicleLegDetails: Details,
    FerryLegDetails: Details,
    PedestrianLegDetails: Details,
  })
  .transform(({ Geometry, VehicleLegDetails, FerryLegDetails, PedestrianLegDetails }) => ({
    line: Geometry.LineString,
    overview: (VehicleLegDetails ?? FerryLegDetails ?? PedestrianLegDetails)?.Summary?.Overview,
  }));

const Answer = z.object({
  Routes: z.array(z.object({ Legs: z.array(Leg).min(1), Summary: z.unknown().optional() })),
});
