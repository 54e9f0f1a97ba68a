import type { OwnerLimitSettings } from '../shared/catalog/owner-limits.ts';
import type { UpstreamLimits, UpstreamSettings } from '../shared/catalog/upstreams.ts';

const often = { size: 60_000, fullAfterSeconds: 60 };

/** Of the stage `local`: one developer, or one test, is often the only owner there is. */
export const generousOwnerLimits: OwnerLimitSettings = {
  buckets: {
    submit: often,
    batch: often,
    booking: often,
    assistant: often,
    uploads: often,
    control: often,
    scheduled: often,
  },
  unfinished: {},
  unfinishedOtherwise: 1_000,
  heldRequests: 50,
  dailyBudgetMicroUsd: 1_000_000_000_000,
};

const standIn: UpstreamLimits = {
  perSecond: 1_000,
  burst: 2_000,
  reservedForUrgent: 0.5,
  breaker: { failures: 10, windowSeconds: 30, coolDownSeconds: 2 },
};

/** Of the stage `local`: the stand-ins have no quota, and whoever has one fail for a while should not wait long for it. */
export const standInLimits: UpstreamSettings = {
  bedrock: standIn,
  polly: standIn,
  stripe: standIn,
  partner: standIn,
  location: standIn,
};
