import type { AwsRequest, AwsResponse, AwsService } from '../server/aws-service.ts';
import { type Call, type CallMatch, callOf, type Fault, matches } from './call.ts';
import { type FaultySandboxes, faultySandboxes } from './faulty-sandboxes.ts';

/** Which calls meet a fault, and when. */
export interface Rule extends CallMatch {
  readonly fault: Fault;
  /** So many matching calls are left alone first. Default 0. */
  readonly after?: number;
  /** So many calls meet it. Default: all. */
  readonly times?: number;
  /** Each call meets it with this chance, 0 to 1. Default 1. */
  readonly share?: number;
}

export interface InjectedFault {
  /** How many calls have met it. */
  hits(): number;
  remove(): void;
}

/** Stops one call: before the service carries it out, or after, before the caller hears of it. */
export type HoldPoint = CallMatch & Pick<Rule, 'after'> & { readonly side: 'before' | 'after' };

export interface HeldCall {
  readonly call: Call;
  /** Lets it go on. */
  release(): void;
  /** Kills the sandbox that made it, as SIGKILL would: nothing in it runs any more, and nobody hears the answer. */
  kill(): Promise<void>;
}

/**
 * Faults for a local cloud. It sits between the wire and the stand-ins: the SDK's requests have been made, signed and checked, and its
 * retries and time-outs are its own. Give it to `startCloud`; without rules every call goes through.
 */
export interface FaultKit {
  readonly sandboxes: FaultySandboxes;
  /** Rules met by the same call apply one around the other, the newest outermost. */
  inject(rule: Rule): InjectedFault;
  /**
   * The next such call stops there. DynamoDB and SQS clients give up after a second and ask again: what the same sandbox asks meanwhile
   * waits as well, so that it gets no further however long this takes.
   */
  hold(point: HoldPoint): Promise<HeldCall>;
  /** Keeps the matching calls that a service carries out, in the order they came to it. */
  watch(match: CallMatch): readonly Call[];
  /** Has the service carry out a call that it was asked for once more, and past every rule: whoever made it hears nothing of it. */
  repeat(call: Call): Promise<void>;
  /** Takes every rule away; calls that hang or are held stay so. */
  clear(): void;
  /** The stand-in with the faults before it. */
  around(service: AwsService): AwsService;
}

/** `random` answers 0 to 1, 1 excluded. */
export function createFaultKit({ random = Math.random }: { readonly random?: () => number } = {}): FaultKit {
  const sandboxes = faultySandboxes();
  const rules = new Set<Rule & { seen: number; hits: number }>();
  const watchers: ((call: Call) => void)[] = [];
  const services = new Map<string, AwsService>();

  const isHit = (rule: Rule & { seen: number; hits: number }, call: Call) => {
    if (rule.hits >= (rule.times ?? Number.POSITIVE_INFINITY) || !matches(rule, call)) return false;
    rule.seen += 1;
    if (rule.seen <= (rule.after ?? 0) || random() >= (rule.share ?? 1)) return false;
    rule.hits += 1;
    return true;
  };
  const inject = (rule: Rule): InjectedFault => {
    const injected = { ...rule, seen: 0, hits: 0 };
    rules.add(injected);
    return { hits: () => injected.hits, remove: () => void rules.delete(injected) };
  };

  return {
    sandboxes,
    inject,
    hold: (point) => new Promise((reached) => inject({ ...point, fault: holding(point, reached, sandboxes) })),
    watch(match) {
      const calls: Call[] = [];
      watchers.push((call) => {
        if (matches(match, call)) calls.push(call);
      });
      return calls;
    },
    async repeat({ service, request }) {
      await services.get(service)?.handle(request);
    },
    clear: () => rules.clear(),
    around(service) {
      services.set(service.signingName, service);
      return {
        signingName: service.signingName,
        handle(request) {
          const carryOut = (asked = request) => {
            for (const seen of watchers) seen(callOf(service.signingName, asked));
            return service.handle(asked);
          };
          const call = callOf(service.signingName, request);
          const met = [...rules].filter((rule) => isHit(rule, call));
          return met.reduce<Handle>(through, carryOut)(request);
        },
      };
    },
  };
}

type Handle = (request: AwsRequest) => Promise<AwsResponse>;

function through(inner: Handle, rule: Rule): Handle {
  return (request) => rule.fault(callOf(rule.service, request), (changed = request) => inner(changed));
}

/** The sandbox that makes the call is killed, before the service carries it out or before it hears of it. */
export function killCaller({ sandboxes }: Pick<FaultKit, 'sandboxes'>, side: HoldPoint['side']): Fault {
  return async (call, carryOut) => {
    if (side === 'after') await carryOut();
    await sandboxes.kill(call.sandbox);
    throw new Error('The caller is dead');
  };
}

function holding(
  { side }: HoldPoint,
  reached: (held: HeldCall) => void,
  sandboxes: Pick<FaultySandboxes, 'kill'>,
): Fault {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let held: Call | undefined;
  return async (call, carryOut) => {
    if (held) {
      if (held.sandbox === call.sandbox) await released;
      return carryOut();
    }
    held = call;
    const answer = side === 'after' ? await carryOut() : undefined;
    reached({ call, release, kill: () => sandboxes.kill(call.sandbox) });
    await released;
    return answer ?? carryOut();
  };
}
