import type { StoredStory } from '../../shared/catalog/schemas/story.ts';

/** A story as the record keeps it. */
export function aStoredStory(fields: Partial<StoredStory> = {}): StoredStory {
  return {
    title: 'Tucumcari Tonight',
    content: 'Tucumcari lies on Route 66.',
    sentences: [{ text: 'Tucumcari lies on Route 66.', facts: ['here'] }],
    facts: [{ id: 'here', text: 'Tucumcari is in New Mexico.', source: 'GeoNames' }],
    credits: ['GeoNames'],
    model: 'a-model',
    usage: { input_tokens: 900, output_tokens: 200, cost_micro_usd: 1_900 },
    ...fields,
  };
}
