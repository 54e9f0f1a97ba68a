/**
 * Visible messages in the order they are handed out: each tenant's in arrival order, the tenants in turn, so that one
 * message of a quiet tenant never stands behind five hundred of a noisy one. (AWS weighs tenants by messages in flight;
 * plain turns promise the same.) https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
 */
export class FairLine<Item> {
  readonly #tenants = new Map<string, Fifo<Item>>();
  readonly #turns = new Fifo<string>();

  push(tenant: string, item: Item): void {
    const line = this.#tenants.get(tenant) ?? new Fifo<Item>();
    if (line.isEmpty) {
      this.#tenants.set(tenant, line);
      this.#turns.push(tenant);
    }
    line.push(item);
  }

  next(): Item | undefined {
    const tenant = this.#turns.shift() ?? '';
    const line = this.#tenants.get(tenant);
    const item = line?.shift();
    if (line?.isEmpty) this.#tenants.delete(tenant);
    else if (line) this.#turns.push(tenant);
    return item;
  }
}

/** An array's own `shift` moves every element: draining 50,000 waiting messages would cost a second of copying. */
class Fifo<Item> {
  #items: (Item | undefined)[] = [];
  #head = 0;

  get isEmpty(): boolean {
    return this.#head === this.#items.length;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.isEmpty) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head >= 1024 && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
