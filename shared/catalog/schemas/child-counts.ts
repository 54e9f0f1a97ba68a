import * as z from 'zod';

const count = z.int().min(0);

export const ChildCounts = z
  .object({
    total: count,
    completed: count,
    failed: count.meta({ description: 'Failed or expired.' }),
    cancelled: count,
    pending: count,
  })
  .meta({
    id: 'ChildCounts',
    description: 'How the children of a batch stand. The four add up to the total.',
    examples: [{ total: 4, completed: 2, failed: 1, cancelled: 0, pending: 1 }],
  });

export type ChildCounts = z.infer<typeof ChildCounts>;
