/** A queue that gives the entry of the lowest cost first: a binary heap. */
export class OpenList {
  readonly #heap: { readonly cost: number; readonly node: number }[] = [];

  add(cost: number, node: number): void {
    const heap = this.#heap;
    let at = heap.length;
    const entry = { cost, node };
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (!parent || parent.cost <= cost) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  /** The node of the lowest cost, taken off; undefined when there is none. */
  take(): number | undefined {
    const [first] = this.#heap;
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) this.#sink(last);
    return first?.node;
  }

  #sink(entry: { readonly cost: number; readonly node: number }): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      const below = this.#cheaperBelow(at);
      const child = heap[below];
      if (!child || child.cost >= entry.cost) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = entry;
  }

  #cheaperBelow(at: number): number {
    const left = this.#heap[2 * at + 1];
    const right = this.#heap[2 * at + 2];
    return left && right && right.cost < left.cost ? 2 * at + 2 : 2 * at + 1;
  }
}
