import type { Gazetteer, Place } from '../domain/gazetteer.ts';
import type { Point } from '../domain/geodesy.ts';
import { clockTime } from '../narrator/facts/local-time.ts';
import { skyMomentAt } from '../narrator/facts/sky-facts.ts';
import type { Asking } from './asking.ts';
import { namedPlace } from './named-place.ts';
import type { Recognized } from './recognize-intent.ts';
import { goalUnknown, type Said, whereUnknown } from './said.ts';

/** What clocks show in the place they name or mean by "there"; else where they are. */
export function localTime(
  { place: name, isThere }: Recognized,
  asking: Asking,
  gazetteer: Gazetteer,
): readonly Said[] | undefined {
  const wanted = name ?? (isThere ? asking.destination : undefined);
  if (isThere && wanted === undefined) return [goalUnknown];
  if (wanted === undefined) return asking.location ? [timeAt(asking.location, asking.at)] : [whereUnknown];
  const named = namedPlace(wanted, asking.location, gazetteer);
  if (!named) return undefined;
  return 'unclear' in named ? named.unclear : [timeAt(named.place, asking.at, named.place)];
}

function timeAt(point: Point, at: Date, place?: Place): Said {
  const { timeZone, date } = skyMomentAt(at, point);
  const time = clockTime(at, timeZone);
  const where = place ? `in ${place.name}` : 'here';
  const text = `It is ${time} on ${date} ${where}.`;
  return {
    text,
    facts: [{ id: 'time', kind: 'time', text, source: `The time zone ${timeZone}`, values: { time, date } }],
  };
}
