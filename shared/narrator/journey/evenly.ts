/** As many of the items, in their order, spread evenly from the first to the last; all of them if there are no more. `count` is at least 1. */
export function evenly<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (count >= items.length) return items;
  if (count === 1) return items.slice(0, 1);
  const step = (items.length - 1) / (count - 1);
  const chosen = new Set(Array.from({ length: count }, (_, number) => Math.round(number * step)));
  return items.filter((_, index) => chosen.has(index));
}
