import { hereFacts } from '../narrator/facts/here-facts.ts';
import type { Scene } from '../narrator/facts/scene.ts';
import { fill } from '../narrator/grammar/fill.ts';
import type { Said } from './said.ts';

/** The place, the county the point lies in, how many live there. */
export function whereAreWe(scene: Scene): readonly Said[] {
  const facts = hereFacts(scene);
  const { units } = scene.brief;
  return facts.flatMap((fact) => {
    switch (fact.kind) {
      case 'here':
        return said(fill(placeTemplate(scene.relation, fact.values.parent !== undefined), fact.values, units));
      case 'county':
        return said(`This point is in ${fact.values.county}, ${fact.values.state}.`);
      case 'population':
        return said(fact.text);
      default:
        return [];
    }
    function said(text: string | undefined): readonly Said[] {
      return text === undefined ? [] : [{ text, facts: [fact] }];
    }
  });
}

function placeTemplate(relation: Scene['relation'], hasParent: boolean): string {
  const place = hasParent ? '{place}, {parent}' : '{place}';
  return relation === 'in' ? `You are in ${place}.` : `You are {distance} {direction} of ${place}.`;
}
