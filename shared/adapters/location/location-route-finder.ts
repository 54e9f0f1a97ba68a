import { CalculateRoutesCommand, type GeoRoutesClient } from '@aws-sdk/client-geo-routes';
import { foundRouteMicroUsd } from '../../catalog/prices.ts';
import { TransientError } from '../../domain/errors.ts';
import type { Gazetteer, Town } from '../../domain/gazetteer.ts';
import type { Point } from '../../domain/geodesy.ts';
import { type RoadStretch, roadOver } from '../../domain/routes/road.ts';
import { isAsked, type RouteFinder, type TownRoute } from '../../domain/routes/route-finder.ts';
import { townsOnRoad } from '../../domain/routes/towns-on-road.ts';
import { isWithoutRoad, locationFailure } from './location-failure.ts';
import { stretchesOf } from './route-answer.ts';

/**
 * Finds ways on roads with Amazon Location, by car and without regard to the traffic of the moment, and the gazetteer's towns along them. Nothing
 * of an answer is kept but its length and times; the towns are our own. Not verified on AWS.
 * @see https://docs.aws.amazon.com/location/latest/APIReference/API_CalculateRoutes.html
 */
export class LocationRouteFinder implements RouteFinder {
  readonly microUsd = foundRouteMicroUsd;
  readonly #client: GeoRoutesClient;
  readonly #gazetteer: Pick<Gazetteer, 'townsBetween'>;

  constructor(client: GeoRoutesClient, gazetteer: Pick<Gazetteer, 'townsBetween'>) {
    this.#client = client;
    this.#gazetteer = gazetteer;
  }

  async find(origin: Town, destination: Town, signal: AbortSignal): Promise<TownRoute | undefined> {
    const stretches = isAsked(origin, destination) ? await this.#ask(origin, destination, signal) : [];
    return stretches && townsOnRoad(this.#gazetteer, roadOver(stretches), origin, destination);
  }

  async #ask(origin: Town, destination: Town, signal: AbortSignal): Promise<readonly RoadStretch[] | undefined> {
    const command = new CalculateRoutesCommand({
      Origin: positionOf(origin),
      Destination: positionOf(destination),
      TravelMode: 'Car',
      LegGeometryFormat: 'Simple',
      LegAdditionalFeatures: ['Summary'],
    });
    try {
      return stretchesOf(await this.#client.send(command, { abortSignal: signal }));
    } catch (error) {
      if (signal.aborted) throw new TransientError('timed_out', 'Finding the route was stopped.', { cause: error });
      if (isWithoutRoad(error)) return undefined;
      throw locationFailure(error);
    }
  }
}

/** Longitude first, as GeoJSON has it. */
function positionOf({ longitude, latitude }: Point): [number, number] {
  return [longitude, latitude];
}
