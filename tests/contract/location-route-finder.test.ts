import { GeoRoutesClient } from '@aws-sdk/client-geo-routes';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planRoutes } from '../../functions/process-job/processors/plan-routes.ts';
import { LocationRouteFinder } from '../../shared/adapters/location/location-route-finder.ts';
import { requestLimits } from '../../shared/adapters/request-limits.ts';
import type { JobCost } from '../../shared/catalog/schemas/cost.ts';
import { addCosts } from '../../shared/domain/cost.ts';
import type { Town } from '../../shared/domain/gazetteer.ts';
import type { TownRoute } from '../../shared/domain/routes/route-finder.ts';
import { builtGazetteer } from '../support/gazetteer.ts';
import { cutOff, type ScriptedAnswer, startScriptedHttp } from '../support/scripted-http.ts';

const gazetteer = await builtGazetteer();
const location = await startScriptedHttp();
const shortWaitMilliseconds = 300;
const client = new GeoRoutesClient({
  region: 'us-west-2',
  endpoint: location.url,
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  maxAttempts: 1,
  requestHandler: requestLimits(shortWaitMilliseconds, shortWaitMilliseconds),
});
const finder = new LocationRouteFinder(client, gazetteer);
const never = new AbortController().signal;

const tucumcari = townAt('Tucumcari', 35.1717, -103.725);
const amarillo = townAt('Amarillo, TX', 35.222, -101.8313);

beforeEach(() => {
  location.seen.length = 0;
});
afterEach(() => {
  location.answer = () => ({ status: 500 });
});
afterAll(async () => {
  client.destroy();
  await location.close();
});

function townAt(name: string, latitude: number, longitude: number): Town {
  const [match] = gazetteer.byName(name, 1);
  if (!match) throw new Error(`There is no ${name}`);
  return { ...match.place, latitude, longitude };
}

/** Interstate 40, a point about every ten kilometres. */
const interstate: readonly (readonly [number, number])[] = [
  [-103.725, 35.1717],
  [-103.5, 35.131],
  [-103.3227, 35.105],
  [-103.0419, 35.1785],
  [-102.86, 35.21],
  [-102.6169, 35.2],
  [-102.4281, 35.2447],
  [-102.2, 35.225],
  [-102.0, 35.192],
  [-101.8313, 35.222],
];

/** As CalculateRoutes answers `LegGeometryFormat: Simple` with the leg feature `Summary`. */
function vehicleLeg(line: readonly (readonly number[])[], Distance: number, Duration: number) {
  const empty = { AfterTravelSteps: [], Incidents: [], Notices: [], PassThroughWaypoints: [], Spans: [], Tolls: [] };
  return {
    Geometry: { LineString: line },
    TravelMode: 'Car',
    Type: 'Vehicle',
    VehicleLegDetails: {
      ...empty,
      TravelSteps: [],
      TruckRoadTypes: [],
      Zones: [],
      Summary: { Overview: { Distance, Duration } },
    },
  };
}

function routed(...legs: readonly object[]): ScriptedAnswer {
  const routes = legs.length === 0 ? [] : [{ Legs: legs, MajorRoadLabels: [] }];
  return {
    status: 200,
    headers: { 'x-amz-geo-pricing-bucket': 'Core' },
    body: { LegGeometryFormat: 'Simple', Notices: [], Routes: routes },
  };
}

function failure(
  status: number,
  name: string,
  body: object = {},
  headers: Record<string, string> = {},
): ScriptedAnswer {
  return { status, headers: { 'x-amzn-errortype': name, ...headers }, body: { message: 'No.', ...body } };
}

function find(answer: ScriptedAnswer | 'hang', signal = never): Promise<TownRoute | undefined> {
  location.answer = () => answer;
  return finder.find(tucumcari, amarillo, signal);
}

const namesOf = (route: TownRoute | undefined) => route?.towns.map(({ name }) => name) ?? [];

describe('LocationRouteFinder', () => {
  it('asks for one way by car, with its line and its summary, longitude first', async () => {
    await find(routed(vehicleLeg(interstate, 180_000, 6_000)));
    expect(location.seen).toHaveLength(1);
    expect(location.seen[0]).toMatchObject({ method: 'POST', path: '/v2/routes' });
    expect(JSON.parse(location.seen[0]?.body ?? '')).toEqual({
      Origin: [-103.725, 35.1717],
      Destination: [-101.8313, 35.222],
      TravelMode: 'Car',
      LegGeometryFormat: 'Simple',
      LegAdditionalFeatures: ['Summary'],
    });
    expect(location.seen[0]?.headers.authorization).toMatch(/\/us-west-2\/geo-routes\/aws4_request/);
  });

  it('gives the towns along the road, in order, with the way and the time to each', async () => {
    const route = await find(routed(vehicleLeg(interstate, 180_000, 6_000)));
    expect(namesOf(route)).toEqual(['Tucumcari', 'Vega', 'Bushland', 'Amarillo']);
    expect(route).toMatchObject({ lengthKm: 180, durationSeconds: 6_000, isApproximate: false });
    const along = route?.towns.map(({ alongKm }) => alongKm) ?? [];
    expect(along).toEqual(along.toSorted((one, other) => one - other));
    const vega = route?.towns.find(({ name }) => name === 'Vega');
    expect(vega?.alongKm).toBeCloseTo(123, -1);
    expect(vega?.arrivalSeconds).toBeCloseTo(((vega?.alongKm ?? 0) / 180) * 6_000, 5);
  });

  it('adds up the legs of a way with a ferry', async () => {
    const [land, water] = [interstate.slice(0, 8), interstate.slice(7)];
    const Summary = { Overview: { Distance: 100_000, Duration: 9_000 } };
    const ferry = { Geometry: { LineString: water }, TravelMode: 'Ferry', Type: 'Ferry', FerryLegDetails: { Summary } };
    const route = await find(routed(vehicleLeg(land, 80_000, 3_000), ferry));
    expect(route).toMatchObject({ lengthKm: 180, durationSeconds: 12_000 });
    const [, onLand = 0, acrossWater = 0] = route?.towns.map(({ arrivalSeconds }) => arrivalSeconds) ?? [];
    expect(onLand).toBeLessThan(3_000);
    expect(acrossWater).toBeGreaterThan(3_000);
  });

  it('measures by the summary of the whole way when a leg has none', async () => {
    const { VehicleLegDetails: _, ...bare } = vehicleLeg(interstate, 0, 0);
    const whole = { Legs: [bare], MajorRoadLabels: [], Summary: { Distance: 181_000, Duration: 6_100 } };
    const answer = { status: 200, body: { LegGeometryFormat: 'Simple', Notices: [], Routes: [whole] } };
    expect(await find(answer)).toMatchObject({ lengthKm: 181, durationSeconds: 6_100 });
  });

  it('does not ask for the way from a town to itself', async () => {
    expect(await finder.find(amarillo, amarillo, never)).toMatchObject({ lengthKm: 0, towns: [{ id: amarillo.id }] });
    expect(location.seen).toEqual([]);
  });

  it.each([
    ['an answer without routes', routed()],
    ['a refusal for no named reason', failure(400, 'ValidationException', { reason: 'Other', fieldList: [] })],
  ])('knows no way after %s', async (_, answer) => {
    expect(await find(answer)).toBeUndefined();
  });

  it.each([
    [429, 'ThrottlingException', {}, { code: 'throttled', retry: 'throttled' }],
    [402, 'ServiceQuotaExceededException', {}, { code: 'throttled', retry: 'throttled' }],
    [429, 'SomethingNew', {}, { code: 'throttled', retry: 'throttled' }],
    [500, 'InternalServerException', {}, { code: 'routes_unavailable', retry: 'later' }],
    [503, 'SomethingNew', {}, { code: 'routes_unavailable', retry: 'later' }],
    [403, 'AccessDeniedException', {}, { code: 'routes_misconfigured', retry: 'never' }],
    [
      400,
      'ValidationException',
      { reason: 'FieldValidationFailed', fieldList: [{ name: 'Origin', message: 'No.' }] },
      { code: 'routes_misconfigured', retry: 'never' },
    ],
  ])('answers HTTP %d %s with an error that says what to do', async (status, name, body, expected) => {
    await expect(find(failure(status, name, body))).rejects.toMatchObject(expected);
    expect(location.seen).toHaveLength(1);
  });

  it('passes on how long Amazon Location asks to wait', async () => {
    const busy = failure(429, 'ThrottlingException', {}, { 'retry-after': '9' });
    await expect(find(busy)).rejects.toMatchObject({ code: 'throttled', retryAfterSeconds: 9 });
  });

  it.each([
    ['no JSON', { status: 200, body: '{"Routes":[{"Le' }],
    ['a refusal that is cut off before it says what it refuses', cutOff(400)],
    ['a route without a line', routed({ ...vehicleLeg([], 1, 1), Geometry: { Polyline: 'BFoz5xJ67i1B1B7PzIhaxL7Y' } })],
    ['a route without a length', routed({ Geometry: { LineString: interstate }, TravelMode: 'Car', Type: 'Vehicle' })],
  ])('takes %s for a failure of the service', async (_, answer) => {
    await expect(find(answer)).rejects.toMatchObject({ code: 'routes_unavailable', retry: 'later' });
  });

  it('waits no longer than the client may for an answer', async () => {
    await expect(find('hang')).rejects.toMatchObject({ code: 'routes_unavailable', retry: 'later' });
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    location.answer = () => {
      queueMicrotask(() => stop.abort(new Error('cancelled')));
      return 'hang';
    };
    await expect(finder.find(tucumcari, amarillo, stop.signal)).rejects.toMatchObject({ code: 'timed_out' });
  });
});

describe('the plan of a batch, found on roads', () => {
  const atlas = { gazetteer, finder };
  let spent: JobCost | undefined;
  const attempt = {
    signal: never,
    spend: (cost: JobCost) => {
      spent = addCosts(spent, cost);
    },
  };

  beforeEach(() => {
    spent = undefined;
  });

  it('has way points along the road, with the time to each, and calls itself no guess', async () => {
    location.answer = () => routed(vehicleLeg(interstate, 180_000, 6_000));
    const asked = [{ origin: 'Tucumcari', destination: 'Amarillo, TX' }];
    const [route] = await planRoutes(asked, atlas, attempt);
    expect(route).toMatchObject({ approximate: false, distance_km: 180, duration: 6_000 });
    expect(route?.way_points.map(({ name }) => name)).toContain('Vega');
    expect(spent).toEqual({ micro_usd: 500, routes: { micro_usd: 500, found: 1 } });
    for (const point of route?.way_points ?? []) {
      expect(point.arrives_after).toBeCloseTo((point.distance_km / 180) * 6_000, -2);
    }
  });

  it('names the route that no road leads along, and finds the others', async () => {
    location.answer = (call) => (call === 1 ? routed() : routed(vehicleLeg(interstate, 180_000, 6_000)));
    const asked = [
      { origin: 'San Francisco', destination: 'Honolulu' },
      { origin: 'Tucumcari', destination: 'Amarillo, TX' },
    ];
    const routes = await planRoutes(asked, atlas, attempt);
    expect(routes.map(({ problem }) => problem?.code)).toEqual(['route_unknown', undefined]);
    expect(spent).toEqual({ micro_usd: 1_000, routes: { micro_usd: 1_000, found: 2 } });
  });

  it('costs nothing from a town to itself, which nobody is asked for', async () => {
    const [route] = await planRoutes([{ origin: 'Tucumcari', destination: 'Tucumcari' }], atlas, attempt);
    expect(route).toMatchObject({ duration: 0 });
    expect(spent).toBeUndefined();
  });

  it('is not made when the service asks to slow down half-way', async () => {
    location.answer = (call) =>
      call === 1 ? routed(vehicleLeg(interstate, 180_000, 6_000)) : failure(429, 'ThrottlingException');
    const asked = [
      { origin: 'Tucumcari', destination: 'Amarillo, TX' },
      { origin: 'Amarillo, TX', destination: 'Tucumcari' },
    ];
    await expect(planRoutes(asked, atlas, attempt)).rejects.toMatchObject({ retry: 'throttled' });
    expect(spent, 'only answers are paid').toEqual({ micro_usd: 500, routes: { micro_usd: 500, found: 1 } });
  });
});
