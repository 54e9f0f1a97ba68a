import tzLookup from '@photostructure/tz-lookup';
import { getMoonIllumination, getTimes } from 'suncalc';
import type { Fact } from '../../domain/story.ts';
import { astronomySource } from '../sources.ts';
import { clockTime, localMoment } from './local-time.ts';
import type { Scene } from './scene.ts';

/** Part of day, sun and moon on the local date of the brief's moment. */
export function skyFacts({ point, brief }: Scene): Fact[] {
  const timeZone = timeZoneAt(point.latitude, point.longitude);
  const { noon, hour, date } = localMoment(brief.when, timeZone);
  const sun = getTimes(noon, point.latitude, point.longitude);
  const source = astronomySource(timeZone);
  const isDark = sun.alwaysDown === true || isBeforeOrAfter(brief.when, sun.sunrise, sun.sunset);
  const partOfDay = partOfDayAt(hour);
  const moment: Fact = {
    id: 'moment',
    kind: 'moment',
    text: `It is ${partOfDay} on ${date}, local time.`,
    source: `The time zone ${timeZone}`,
    values: { now: partOfDay === 'night' ? 'tonight' : `this ${partOfDay}`, date },
  };
  return [moment, sunFact(), ...(isDark ? [moonFact(brief.when, source)] : [])];

  function sunFact(): Fact {
    const { state, values, text } = describeSun(brief.when, sun, timeZone);
    return { id: 'sun', kind: 'sun', text: `${text} (${date})`, source, values: { state, date, ...values } };
  }
}

type SunTimes = ReturnType<typeof getTimes>;

interface SunDescription {
  readonly state: string;
  readonly text: string;
  readonly values: Fact['values'];
}

function describeSun(when: Date, sun: SunTimes, timeZone: string): SunDescription {
  if (sun.sunrise === null || sun.sunset === null) {
    return sun.alwaysUp === true
      ? { state: 'always-up', text: 'The sun does not set', values: {} }
      : { state: 'always-down', text: 'The sun does not rise', values: {} };
  }
  const hours = Math.round((sun.sunset.getTime() - sun.sunrise.getTime()) / 3_600_000);
  const sunrise = clockTime(sun.sunrise, timeZone);
  const sunset = clockTime(sun.sunset, timeZone);
  const state = when < sun.sunrise ? 'before-sunrise' : when < sun.sunset ? 'day' : 'after-sunset';
  const daylight = hours === 1 ? 'about an hour' : `about ${hours} hours`;
  const text = `Sunrise at ${sunrise}, sunset at ${sunset}, ${daylight} of daylight, local time`;
  return { state, text, values: hours === 0 ? { sunrise, sunset } : { sunrise, sunset, daylight } };
}

function moonFact(when: Date, source: string): Fact {
  const { fraction, waxing } = getMoonIllumination(when);
  const percent = Math.round(fraction * 100);
  const phase = percent > 97 ? 'full' : percent < 3 ? 'new' : waxing ? 'waxing' : 'waning';
  return {
    id: 'moon',
    kind: 'moon',
    text: `The moon is ${percent} percent lit and ${waxing ? 'waxing' : 'waning'}.`,
    source,
    values: { percent, phase },
  };
}

function isBeforeOrAfter(when: Date, sunrise: Date | null, sunset: Date | null): boolean {
  return sunrise !== null && sunset !== null && (when < sunrise || when > sunset);
}

function partOfDayAt(hour: number): string {
  if (hour < 5 || hour >= 21) {
    return 'night';
  }
  return hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening';
}

/** At the poles every zone meets; the table has none there and the clock is UTC. */
function timeZoneAt(latitude: number, longitude: number): string {
  return Math.abs(latitude) > 89.9 ? 'UTC' : tzLookup(latitude, longitude);
}
