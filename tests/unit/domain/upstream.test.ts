import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallClass, lease, probeSeconds, type UpstreamLimits } from '../../../shared/catalog/upstreams.ts';
import { type UpstreamState, untouched } from '../../../shared/domain/upstream.ts';
import { close, countFailure, enter } from '../../../shared/domain/upstream-breaker.ts';
import { takeTokens } from '../../../shared/domain/upstream-bucket.ts';
import { acceptedAt as now } from '../../support/job-builder.ts';

const limits: UpstreamLimits = {
  perSecond: 10,
  burst: 20,
  reservedForUrgent: 0.5,
  breaker: { failures: 3, windowSeconds: 30, coolDownSeconds: 20 },
};

const classes = fc.constantFrom<CallClass>('urgent', 'batch');
const buckets = fc.record({
  perSecond: fc.double({ min: 0.1, max: 500, noNaN: true }),
  burst: fc.integer({ min: 1, max: 500 }),
  reservedForUrgent: fc.double({ min: 0, max: 0.9, noNaN: true }),
});
const asks = fc.array(
  fc.record({ after: fc.integer({ min: 0, max: 5_000 }), callClass: classes, need: fc.integer({ min: 1, max: 12 }) }),
  { maxLength: 200 },
);

type Bucket = Parameters<typeof takeTokens>[1];

interface Ask {
  /** Milliseconds after the one before. */
  readonly after: number;
  readonly callClass: CallClass;
  readonly need: number;
}

/** The tokens that the asks were given, one after another, and when. */
function grants(bucket: Bucket, all: readonly Ask[]) {
  let full = 0;
  let time = now;
  const given: { at: number; tokens: number }[] = [];
  for (const { after, callClass, need } of all) {
    time += after;
    const answer = takeTokens(full, bucket, { callClass, need, now: time });
    if (answer.kind === 'wait') continue;
    full = answer.full;
    given.push({ at: time, tokens: answer.tokens });
  }
  return { given, full, time };
}

describe('the bucket of an upstream', () => {
  it('never gives more, in any span of time, than the burst and what the rate has brought since', () => {
    fc.assert(
      fc.property(buckets, asks, (bucket, all) => {
        const { given } = grants(bucket, all);
        given.forEach((first, start) => {
          let sum = 0;
          for (const { at, tokens } of given.slice(start)) {
            sum += tokens;
            expect(sum).toBeLessThanOrEqual(bucket.burst + ((at - first.at) / 1_000) * bucket.perSecond + 1e-2);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('always has the reserved share for urgent calls, whatever batch work takes', () => {
    fc.assert(
      fc.property(buckets, asks, (bucket, all) => {
        const batch = all.map((ask) => ({ ...ask, callClass: 'batch' as const }));
        const { full, time } = grants(bucket, batch);
        const need = Math.min(Math.floor(bucket.burst * bucket.reservedForUrgent), bucket.burst - 1);
        fc.pre(need >= 1);
        expect(takeTokens(full, bucket, { callClass: 'urgent', need, now: time }).kind).toBe('granted');
      }),
    );
  });

  it('gives what is needed once the wait it told of is over', () => {
    fc.assert(
      fc.property(buckets, asks, classes, fc.integer({ min: 1, max: 600 }), (bucket, all, callClass, need) => {
        const { full, time } = grants(bucket, all);
        const answer = takeTokens(full, bucket, { callClass, need, now: time });
        const wait = answer.kind === 'wait' ? answer.milliseconds : 0;
        expect(takeTokens(full, bucket, { callClass, need, now: time + wait }).kind).toBe('granted');
      }),
    );
  });

  it('leases ten tokens while there are many, and fewer when they are scarce', () => {
    const leases = [];
    let full = 0;
    for (;;) {
      const answer = takeTokens(full, limits, { callClass: 'urgent', need: 1, now });
      if (answer.kind === 'wait') break;
      leases.push(answer.tokens);
      full = answer.full;
    }
    expect(leases).toEqual([lease.mostTokens, 5, 2, 1, 1, 1]);
  });
});

describe('the breaker of an upstream', () => {
  const ask = { callClass: 'urgent', need: 1, answered: 0 } as const;
  const failing = { cause: 'outage', isProbe: false, answered: 0, now } as const;

  function failed(
    times: number,
    state: UpstreamState = untouched,
    more: Partial<Parameters<typeof countFailure>[2]> = {},
  ) {
    let after: ReturnType<typeof countFailure> = { answer: 'closed', state };
    for (let count = 0; count < times; count++) {
      after = countFailure(after.state ?? state, limits, { ...failing, ...more });
    }
    return { answer: after.answer, state: after.state ?? state };
  }

  it('opens at the third failure, and then nobody calls until it has cooled down', () => {
    expect(failed(2).answer).toBe('closed');
    const { answer, state } = failed(3);
    expect(answer).toBe('opened');
    expect(enter(state, limits, { ...ask, now }).answer).toEqual({
      kind: 'open',
      milliseconds: 20_000,
      cause: 'outage',
    });
    expect(enter(state, limits, { ...ask, now: now + 19_999 }).answer.kind).toBe('open');
  });

  it('stays closed while more calls are answered than fail', () => {
    expect(failed(6, untouched, { answered: 2 }).answer).toBe('closed');
  });

  it('opens when as many calls fail as are answered, and not when one more is answered', () => {
    expect(failed(3, untouched, { answered: 1 }).answer).toBe('opened');
    expect(failed(3, untouched, { answered: 2 }).answer).toBe('closed');
  });

  it('counts also the answers that are told of when a worker asks for more calls', () => {
    const { state } = enter(untouched, limits, { ...ask, answered: 4, now });
    expect(failed(3, state).answer).toBe('closed');
    expect(failed(4, state).answer).toBe('opened');
  });

  it('remembers failures as long as their window lasts', () => {
    const { state } = failed(2);
    expect(failed(1, state, { now: now + 29_999 }).answer).toBe('opened');
  });

  it('says that too many were called only when most failures say so', () => {
    const answered = enter(untouched, limits, { ...ask, answered: 4, now }).state;
    const half = failed(2, failed(2, answered, { cause: 'throttled' }).state);
    expect(half).toMatchObject({ answer: 'opened', state: { cause: 'outage' } });
    const most = failed(1, failed(2, untouched, { cause: 'throttled' }).state);
    expect(most).toMatchObject({ answer: 'opened', state: { cause: 'throttled' } });
  });

  it('forgets failures when their window is over', () => {
    const { state } = failed(2);
    expect(failed(1, state, { now: now + 30_000 }).answer).toBe('closed');
  });

  it('says why it opened: too many calls, or no answers', () => {
    const { state } = failed(3, untouched, { cause: 'throttled' });
    expect(enter(state, limits, { ...ask, now }).answer).toMatchObject({ kind: 'open', cause: 'throttled' });
  });

  it('lets one call through after the cool-down, and all when that one is answered', () => {
    const cool = now + 20_000;
    const probing = enter(failed(3).state, limits, { ...ask, now: cool });
    expect(probing.answer).toEqual({ kind: 'probe' });
    const state = probing.state ?? untouched;
    const whileItTries = enter(state, limits, { ...ask, now: cool + 1 }).answer;
    expect(whileItTries).toMatchObject({ kind: 'open', milliseconds: 20_000 });
    expect(enter(close(state).state ?? state, limits, { ...ask, now: cool + 1 }).answer.kind).toBe('granted');
  });

  it('stays open when that one fails, and lets another try when its worker dies', () => {
    const cool = now + 20_000;
    const { state = untouched } = enter(failed(3).state, limits, { ...ask, now: cool });
    const again = failed(1, state, { isProbe: true, now: cool + 1_000 });
    expect(again.answer).toBe('opened');
    expect(enter(again.state, limits, { ...ask, now: cool + 20_999 }).answer.kind).toBe('open');
    expect(enter(again.state, limits, { ...ask, now: cool + 21_000 }).answer.kind).toBe('probe');
    expect(enter(state, limits, { ...ask, now: cool + probeSeconds * 1_000 }).answer.kind).toBe('probe');
  });

  it('takes no notice of a call that began before it opened', () => {
    const { state } = failed(3);
    expect(countFailure(state, limits, failing)).toEqual({ answer: 'open' });
  });
});
