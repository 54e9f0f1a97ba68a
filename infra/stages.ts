import * as z from 'zod';
import { ownerLimits } from '../shared/catalog/owner-limits.ts';
import { upstreamLimits } from '../shared/catalog/upstreams.ts';
import { generousOwnerLimits, standInLimits } from './local-limits.ts';
import { notificationSettings } from './notification-settings.ts';
import { StageSettings } from './stage-settings.ts';

const production: z.input<typeof StageSettings> = {
  accountConcurrency: 1_000,
  apiConcurrency: 200,
  concurrency: {
    booking: 50,
    voice_synthesis: 40,
    notifications: 30,
    ai_generation: 80,
    image_processing: 20,
    analytics: 10,
  },
  concurrencyOtherwise: 20,
  mostConcurrency: { booking: 75, notifications: 45, ai_generation: 120, default: 30, image_processing: 30 },
  issuer: 'https://login.roadtrip-jobs.example',
  audience: 'roadtrip-jobs',
  corsOrigins: ['https://app.roadtrip-jobs.example'],
  apiThrottle: { requestsPerSecond: 500, burst: 1_000 },
  ownerLimits,
  upstreams: upstreamLimits,
  model: { id: 'global.anthropic.claude-haiku-4-5-20251001-v1:0', maxTokens: 800, temperature: 0.7 },
  storyKeptSeconds: 43_200,
  routes: 'location',
  providers: { stripe: 'https://api.stripe.com', partner: 'https://partner.roadtrip-jobs.example' },
  notifications: notificationSettings.prod,
  logRetentionDays: 90,
  uploadRetentionDays: 30,
  speechRetentionDays: 90,
  imageRetentionDays: 90,
  dailyModelUsd: 200,
  dailyBudgetUsd: 400,
  pagerDutySecret: 'roadtrip-jobs/pagerduty-url',
  remediation: 'dry_run',
  keepData: true,
  deployment: 'canary',
};

const development: z.input<typeof StageSettings> = {
  ...production,
  accountConcurrency: 100,
  apiConcurrency: 20,
  concurrency: { booking: 4, ai_generation: 4, voice_synthesis: 4 },
  concurrencyOtherwise: 2,
  mostConcurrency: { booking: 6, notifications: 3, ai_generation: 6, default: 3, image_processing: 3 },
  issuer: 'https://login.dev.roadtrip-jobs.example',
  corsOrigins: ['https://app.dev.roadtrip-jobs.example', 'http://localhost:8081'],
  apiThrottle: { requestsPerSecond: 50, burst: 100 },
  providers: { ...production.providers, partner: 'https://partner.dev.roadtrip-jobs.example' },
  notifications: notificationSettings.dev,
  // A new prompt or a new fact is heard within the hour.
  storyKeptSeconds: 3_600,
  logRetentionDays: 7,
  uploadRetentionDays: 7,
  speechRetentionDays: 62,
  imageRetentionDays: 32,
  dailyModelUsd: 5,
  dailyBudgetUsd: 10,
  pagerDutySecret: undefined,
  remediation: 'on',
  keepData: false,
  deployment: 'at_once',
};

/** The deployments. `local` is the one that the local cloud runs. */
const stages = {
  dev: development,
  staging: {
    ...production,
    concurrency: {},
    concurrencyOtherwise: 4,
    mostConcurrency: { booking: 6, notifications: 6, ai_generation: 6, default: 6, image_processing: 6 },
    issuer: 'https://login.staging.roadtrip-jobs.example',
    corsOrigins: ['https://app.staging.roadtrip-jobs.example'],
    providers: { ...production.providers, partner: 'https://partner.staging.roadtrip-jobs.example' },
    dailyModelUsd: 20,
    dailyBudgetUsd: 40,
    pagerDutySecret: undefined,
    notifications: notificationSettings.staging,
    logRetentionDays: 30,
  },
  prod: production,
  local: {
    ...development,
    issuer: 'https://issuer.roadtrip-jobs.local',
    routes: 'embedded',
    providers: { stripe: 'http://stripe.roadtrip-jobs.local', partner: 'http://partner.roadtrip-jobs.local' },
    corsOrigins: ['http://localhost:3000', 'http://localhost:8081'],
    apiThrottle: production.apiThrottle,
    ownerLimits: generousOwnerLimits,
    upstreams: standInLimits,
  },
} as const satisfies Record<string, z.input<typeof StageSettings>>;

type StageName = keyof typeof stages;

export const stageNames = Object.keys(stages).filter(isStageName);

/** The settings of a stage. Throws an error that names the stages when there is no such one, or the wrong field. */
export function stageSettings(name: string): StageSettings {
  if (!isStageName(name)) throw new Error(`There is no stage "${name}". Stages: ${stageNames.join(', ')}.`);
  const parsed = StageSettings.safeParse(stages[name]);
  if (parsed.success) return parsed.data;
  throw new Error(`Stage "${name}" is wrong:\n${z.prettifyError(parsed.error)}`);
}

function isStageName(name: string): name is StageName {
  return Object.hasOwn(stages, name);
}
