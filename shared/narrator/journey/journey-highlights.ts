import { mostHighlights } from '../../catalog/highlights.ts';
import type { StoredHighlights } from '../../catalog/schemas/highlights.ts';
import { placeLabel } from '../../domain/gazetteer.ts';
import type { Fact } from '../../domain/story.ts';
import { evenly } from './evenly.ts';
import type { Journey } from './journey-facts.ts';
import { bestFirst } from './told-facts.ts';

type Highlight = StoredHighlights['highlights'][number];

/**
 * What is most worth showing of a journey, in its order: what the stories told that are evenly spread over it, its first photos, the farthest
 * point and the largest town. `facts` are those of the journey.
 */
export function journeyHighlights(journey: Journey, facts: readonly Fact[]): Highlight[] {
  return [...toldHighlights(journey), ...photoHighlights(journey), ...figureHighlights(journey, facts)];
}

function toldHighlights({ stories }: Journey): Highlight[] {
  const told = stories.flatMap(({ jobId, place, stated }): Highlight[] => {
    const [best] = bestFirst(stated);
    if (!best) return [];
    const { text, source } = best;
    return [{ kind: 'story', ...(place && { place: placeLabel(place) }), text, source, job_id: jobId }];
  });
  const distinct = told.filter(({ text }, index) => told.findIndex((other) => other.text === text) === index);
  return [...evenly(distinct, mostHighlights.story)];
}

function photoHighlights({ stops }: Journey): Highlight[] {
  return stops
    .flatMap(({ place, localDate, moments }): Highlight[] => {
      const photo = moments.find(({ kind }) => kind === 'photo');
      if (!photo || !place) return [];
      const text = `A photo was taken in ${place.name} on ${localDate}.`;
      return [
        {
          kind: 'photo',
          place: placeLabel(place),
          text,
          source: `The photo of job ${photo.jobId}`,
          job_id: photo.jobId,
        },
      ];
    })
    .slice(0, mostHighlights.photo);
}

function figureHighlights({ stops, figures }: Journey, facts: readonly Fact[]): Highlight[] {
  const farthest = figures.farthest && stops[figures.farthest.stop]?.place;
  const rows = [
    { kind: 'farthest_point', id: 'journey-farthest', place: farthest },
    { kind: 'largest_place', id: 'journey-largest', place: figures.largest },
  ] as const;
  return rows.flatMap(({ kind, id, place }): Highlight[] => {
    const fact = facts.find((each) => each.id === id);
    if (!fact || !place) return [];
    return [{ kind, place: placeLabel(place), text: fact.text, source: fact.source }];
  });
}
