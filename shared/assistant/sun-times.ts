import type { Scene } from '../narrator/facts/scene.ts';
import { skyFacts } from '../narrator/facts/sky-facts.ts';
import type { Said } from './said.ts';

/** Sunrise and sunset of the local day. */
export function sunTimes(scene: Scene): readonly Said[] {
  return skyFacts(scene)
    .filter(({ kind }) => kind === 'sun')
    .map((fact) => {
      const { sunrise, sunset, date } = fact.values;
      const isUsualDay = sunrise !== undefined && sunset !== undefined;
      const usual = `On ${date} the sun rises here at ${sunrise} and sets at ${sunset}, local time.`;
      return { text: isUsualDay ? usual : `${fact.text}.`, facts: [fact] };
    });
}
