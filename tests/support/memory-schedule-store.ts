import type { AcceptOutcome, IdempotencyKey, IdempotencyName } from '../../shared/domain/ports.ts';
import type { Schedule } from '../../shared/domain/schedule.ts';
import type { KnownAnswer, ScheduleName, ScheduleStore } from '../../shared/domain/schedule-store.ts';

/** Schedules in memory, as the contract suite asks of every schedule store. Tests may make it fail. */
export class MemoryScheduleStore implements ScheduleStore {
  readonly schedules = new Map<string, Schedule>();
  /** Called at the start of every operation; what it throws, the operation rejects with. */
  fault: (operation: keyof ScheduleStore, id: string) => void = () => {};
  readonly #keys = new Map<string, IdempotencyKey & { readonly id: string }>();

  async create(schedule: Schedule, key?: IdempotencyKey): Promise<AcceptOutcome> {
    this.fault('create', schedule.id);
    const known = key && this.#known(key, key.now);
    if (known && known.id !== schedule.id) {
      return { kind: 'known', fingerprint: known.fingerprint, answer: known.answer };
    }
    if (!this.schedules.has(schedule.id)) this.place(schedule);
    if (key) this.#keys.set(nameOf(key), structuredClone({ ...key, id: schedule.id }));
    return { kind: 'accepted' };
  }

  async answered(key: IdempotencyName, now: number): Promise<KnownAnswer | undefined> {
    this.fault('answered', key.key);
    const known = this.#known(key, now);
    return known && { fingerprint: known.fingerprint, answer: known.answer };
  }

  #known(key: IdempotencyName, now: number) {
    const known = this.#keys.get(nameOf(key));
    return known && known.expiresAt > now ? known : undefined;
  }

  async find({ owner, id }: ScheduleName): Promise<Schedule | undefined> {
    this.fault('find', id);
    const schedule = this.schedules.get(id);
    return schedule?.owner === owner ? structuredClone(schedule) : undefined;
  }

  async *ofOwner(owner: string): AsyncGenerator<Schedule> {
    this.fault('ofOwner', owner);
    const own = [...this.schedules.values()].filter((schedule) => schedule.owner === owner);
    for (const schedule of own.toSorted((a, b) => (a.id < b.id ? 1 : -1))) yield structuredClone(schedule);
  }

  async moveOn(seen: Schedule, after: Schedule): Promise<boolean> {
    this.fault('moveOn', seen.id);
    if (seen.due_at === undefined || this.schedules.get(seen.id)?.due_at !== seen.due_at) return false;
    this.place(after);
    return true;
  }

  async remove(name: ScheduleName): Promise<Schedule | undefined> {
    this.fault('remove', name.id);
    const schedule = await this.find(name);
    if (schedule) this.schedules.delete(name.id);
    return schedule;
  }

  async *due(shard: number, before: number): AsyncGenerator<ScheduleName> {
    this.fault('due', String(shard));
    const entries = [...this.schedules.values()].flatMap(({ id, owner, due_shard, due_at }) =>
      due_shard === shard && due_at !== undefined && due_at <= before ? [{ id, owner, due_at }] : [],
    );
    for (const { id, owner } of entries.toSorted((a, b) => a.due_at - b.due_at)) yield { owner, id };
  }

  /** Puts a schedule there as it is: the state a test begins with. */
  place(schedule: Schedule): Schedule {
    this.schedules.set(schedule.id, structuredClone(schedule));
    return schedule;
  }

  /** The schedule, for a test that knows it is there. */
  schedule(id: string): Schedule {
    const schedule = this.schedules.get(id);
    if (!schedule) throw new Error(`There is no schedule ${id}`);
    return schedule;
  }
}

function nameOf({ owner, route, key }: Pick<IdempotencyKey, 'owner' | 'route' | 'key'>): string {
  return [owner, route, key].join('#');
}
