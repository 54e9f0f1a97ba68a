import timeZoneAt from '@photostructure/tz-lookup';
import type { StoredImage } from '../../../shared/catalog/schemas/image.ts';
import type { Gazetteer } from '../../../shared/domain/gazetteer.ts';
import type { Point } from '../../../shared/domain/geodesy.ts';
import type { PhotoOrigin } from '../../../shared/domain/photo.ts';

/** A town farther away says nothing about where a photo was taken, kilometres. */
const FARTHEST_TOWN_KM = 100;

/** About a metre: what a satellite fix is worth. */
const POSITION_DIGITS = 5;

/** When the photo was taken by the camera's clock, with the zone of its position if there is one. */
export function takenAt({ takenAt: local, utcOffset, position }: PhotoOrigin): StoredImage['taken_at'] {
  if (local === undefined) return undefined;
  return {
    local,
    ...(utcOffset !== undefined && { utc_offset: utcOffset }),
    ...(position && { zone: timeZoneAt(position.latitude, position.longitude) }),
  };
}

/** Where the photo was taken, in words as far as there are any. */
export function placeOf(position: Point, gazetteer: Gazetteer): NonNullable<StoredImage['place']> {
  const [nearest] = gazetteer.near(position, FARTHEST_TOWN_KM, { limit: 1 });
  return {
    latitude: rounded(position.latitude, POSITION_DIGITS),
    longitude: rounded(position.longitude, POSITION_DIGITS),
    ...(nearest && {
      name: nearest.place.name,
      ...(nearest.place.region !== undefined && { region: nearest.place.region }),
      country: nearest.place.country,
      country_code: nearest.place.countryCode,
      distance_km: rounded(nearest.distanceKm, 1),
    }),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
