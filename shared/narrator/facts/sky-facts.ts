import tzLookup from '@photostructure/tz-lookup';
import { getMoonIllumination, getTimes } from 'suncalc';
import type { Point } from '../../domain/geodesy.ts';
import type { Fact } from '../../domain/story.ts';
import { astronomySource } from '../sources.ts';
import { clockTime, localMoment } from './local-time.ts';
import type { Scene } from './scene.ts';

/** All that the facts know of a moment at a place: two moments with the same one are told in the same words. */
export interface SkyMoment {
  readonly timeZone: string;
  /** "July 4". */
  readonly date: string;
  /** Noon of that day by the clock. */
  readonly noon: Date;
  /** The midnight nearest to the moment: the night whose moon is told of. */
  readonly midnight: Date;
  readonly partOfDay: 'morning' | 'afternoon' | 'evening' | 'night';
  readonly sun: 'always-up' | 'always-down' | 'before-sunrise' | 'day' | 'after-sunset';
}

/** Date, part of the day and sun at a place, by its own clock; `midnight` is the nearest, so that it is the same for a whole night. */
export function skyMomentAt(when: Date, { latitude, longitude }: Point): SkyMoment {
  const timeZone = timeZoneAt(latitude, longitude);
  const { noon, hour, date } = localMoment(when, timeZone);
  const nearest = noon.getTime() + (hour < 12 ? -halfDayMilliseconds : halfDayMilliseconds);
  const sun = sunStateAt(when, getTimes(noon, latitude, longitude));
  return { timeZone, date, noon, midnight: new Date(nearest), partOfDay: partOfDayAt(hour), sun };
}

const halfDayMilliseconds = 43_200_000;

/** Part of day, sun and moon on the local date of the brief's moment. */
export function skyFacts({ point, brief }: Scene): Fact[] {
  const moment = skyMomentAt(brief.when, point);
  return [momentFact(moment), sunFact(moment, point), ...(isDark(moment) ? [moonFact(moment)] : [])];
}

function momentFact({ timeZone, date, partOfDay }: SkyMoment): Fact {
  return {
    id: 'moment',
    kind: 'moment',
    text: `It is ${partOfDay} on ${date}, local time.`,
    source: `The time zone ${timeZone}`,
    values: { now: partOfDay === 'night' ? 'tonight' : `this ${partOfDay}`, date },
  };
}

function sunFact({ timeZone, date, noon, sun }: SkyMoment, { latitude, longitude }: Point): Fact {
  const { values, text } = describeSun(sun, getTimes(noon, latitude, longitude), timeZone);
  const source = astronomySource(timeZone);
  return { id: 'sun', kind: 'sun', text: `${text} (${date})`, source, values: { state: sun, date, ...values } };
}

type SunTimes = ReturnType<typeof getTimes>;

interface SunDescription {
  readonly text: string;
  readonly values: Fact['values'];
}

function sunStateAt(when: Date, { sunrise, sunset, alwaysUp }: SunTimes): SkyMoment['sun'] {
  if (sunrise === null || sunset === null) return alwaysUp === true ? 'always-up' : 'always-down';
  if (when < sunrise) return 'before-sunrise';
  return when < sunset ? 'day' : 'after-sunset';
}

function isDark({ sun }: SkyMoment): boolean {
  return sun !== 'day' && sun !== 'always-up';
}

function describeSun(state: SkyMoment['sun'], { sunrise, sunset }: SunTimes, timeZone: string): SunDescription {
  if (sunrise === null || sunset === null) {
    return { text: state === 'always-up' ? 'The sun does not set' : 'The sun does not rise', values: {} };
  }
  const hours = Math.round((sunset.getTime() - sunrise.getTime()) / 3_600_000);
  const [rise, set] = [clockTime(sunrise, timeZone), clockTime(sunset, timeZone)];
  const daylight = hours === 1 ? 'about an hour' : `about ${hours} hours`;
  const text = `Sunrise at ${rise}, sunset at ${set}, ${daylight} of daylight, local time`;
  const times = { sunrise: rise, sunset: set };
  return { text, values: hours === 0 ? times : { ...times, daylight } };
}

function moonFact({ midnight, timeZone }: SkyMoment): Fact {
  const { fraction, waxing } = getMoonIllumination(midnight);
  const percent = Math.round(fraction * 100);
  const phase = percent > 97 ? 'full' : percent < 3 ? 'new' : waxing ? 'waxing' : 'waning';
  return {
    id: 'moon',
    kind: 'moon',
    text: `The moon is ${percent} percent lit and ${waxing ? 'waxing' : 'waning'}.`,
    source: astronomySource(timeZone),
    values: { percent, phase },
  };
}

function partOfDayAt(hour: number): SkyMoment['partOfDay'] {
  if (hour < 5 || hour >= 21) {
    return 'night';
  }
  return hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening';
}

/** The IANA time zone of a position. At the poles every zone meets; the table has none there and the clock is UTC. */
export function timeZoneAt(latitude: number, longitude: number): string {
  return Math.abs(latitude) > 89.9 ? 'UTC' : tzLookup(latitude, longitude);
}
