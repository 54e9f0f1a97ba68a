import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failures } from '../../../shared/catalog/failures.ts';
import { consumerNeeds, functions } from '../../../shared/catalog/functions.ts';
import { jobTypeNames, jobTypes, longestRetrySeconds, stepNames, stepOf } from '../../../shared/catalog/job-types.ts';
import { metrics } from '../../../shared/catalog/metrics.ts';
import { deepestBody, longestBodyBytes, problems } from '../../../shared/catalog/problems.ts';
import { longestDelaySeconds, maxReceiveCount, queueNames, queues, timeouts } from '../../../shared/catalog/queues.ts';
import { basePath, type RouteDefinition, routeNames, routes } from '../../../shared/catalog/routes.ts';
import { JobView } from '../../../shared/catalog/schemas/job.ts';
import { scopes } from '../../../shared/catalog/scopes.ts';
import { accept, queueOf } from '../../../shared/domain/accept.ts';
import { plannedSteps } from '../../../shared/domain/plan.ts';

const root = join(import.meta.dirname, '../../..');

/** The text of every source file that runs in production, less the catalog itself. */
const sources = ['shared', 'functions'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).flatMap((file) =>
    file.endsWith('.ts') && !file.startsWith('catalog/') ? [readFileSync(join(root, folder, file), 'utf8')] : [],
  ),
);

const isUsed = (code: string) => sources.some((source) => source.includes(`'${code}'`));
const steps = jobTypeNames.flatMap((type) => stepNames(type).map((step) => [type, step] as const));
const highestFirst = queueNames.toSorted((a, b) => queues[b].priority - queues[a].priority);

describe('the failures', () => {
  it('hold no code that nothing can fail with', () => {
    expect(Object.keys(failures).filter((code) => !isUsed(code))).toEqual([]);
  });

  it.each(Object.entries(failures))('%s has a sentence a traveller may read', (_, sentence) => {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the problems', () => {
  it('hold no code that no request can meet', () => {
    expect(Object.keys(problems).filter((code) => !isUsed(code))).toEqual([]);
  });

  it.each(Object.entries(problems))('%s says what to do about it', (_, { title, advice }) => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
  });

  it('are errors, of the client or of the server', () => {
    for (const { status } of Object.values(problems)) expect(status).toBeGreaterThanOrEqual(400);
  });
});

it('every metric is counted somewhere', () => {
  expect(Object.keys(metrics).filter((name) => !isUsed(name))).toEqual([]);
});

describe('the queues', () => {
  it.each(queueNames)(
    '%s leaves its attempts time to be recorded, and is hidden for six function time-outs',
    (name) => {
      const { functionSeconds, visibilitySeconds } = timeouts(name);
      expect(functionSeconds).toBeGreaterThan(queues[name].attemptSeconds);
      expect(functionSeconds).toBeLessThanOrEqual(900);
      expect(visibilitySeconds).toBeGreaterThanOrEqual(6 * functionSeconds);
      expect(visibilitySeconds).toBeLessThanOrEqual(43_200);
    },
  );

  it.each(queueNames)('%s promises to be picked up long before its jobs expire', (name) => {
    expect(queues[name].pickUpTargetSeconds * 10).toBeLessThan(queues[name].waitLimitSeconds);
  });

  it('keep bookings first and batch work last', () => {
    expect([highestFirst[0], highestFirst.at(-1)]).toEqual(['booking', 'analytics']);
    expect(queues.booking.pickUpTargetSeconds).toBe(
      Math.min(...queueNames.map((name) => queues[name].pickUpTargetSeconds)),
    );
  });

  it('try a message often enough that a job’s own attempts come first', () => {
    expect(maxReceiveCount).toBeGreaterThanOrEqual(5);
  });
});

describe('the job types', () => {
  it.each(jobTypeNames)('%s begins with a step that every job of the type goes through', (type) => {
    const [first = ''] = stepNames(type);
    expect(stepOf(type, first)).toBeDefined();
    expect(stepOf(type, first)?.onlyIf).toBeUndefined();
    expect(plannedSteps(type, {})[0]).toBe(first);
    expect(accept({ id: 'x', type, owner: 'o', input: { inline: {} } }, 0).step).toBe(first);
  });

  it.each(steps)('%s.%s is tried at least once, retried within what SQS can wait, and estimated', (type, step) => {
    const definition = stepOf(type, step);
    expect(definition?.failuresAllowed).toBeGreaterThanOrEqual(1);
    expect(definition?.firstRetrySeconds).toBeGreaterThanOrEqual(1);
    expect(definition?.firstRetrySeconds).toBeLessThanOrEqual(longestRetrySeconds);
    expect(longestRetrySeconds).toBeLessThanOrEqual(longestDelaySeconds);
    expect(definition?.estimateSeconds).toBeGreaterThan(0);
    expect(definition?.estimateSeconds).toBeLessThanOrEqual(queues[definition?.queue ?? 'default'].attemptSeconds);
  });

  it.each(steps)('%s.%s asks for its optional step by a field of its input', (type, step) => {
    const field = stepOf(type, step)?.onlyIf;
    expect(field === undefined || Object.hasOwn(jobTypes[type].input.shape, field)).toBe(true);
  });

  it.each(steps)('%s.%s runs nowhere its consumer lacks what the step’s own queue has', (type, step) => {
    const needs = consumerNeeds[stepOf(type, step)?.queue ?? 'default'] ?? [];
    for (const priority of [undefined, 1, 5, 10]) {
      expect(consumerNeeds[queueOf(type, step, priority)] ?? []).toEqual(expect.arrayContaining([...needs]));
    }
  });

  it.each(steps)('%s.%s, once demoted, has as much time for an attempt as on its own queue', (type, step) => {
    const own = stepOf(type, step)?.queue ?? 'default';
    expect(queues[queueOf(type, step, 1)].attemptSeconds).toBeGreaterThanOrEqual(queues[own].attemptSeconds);
  });
});

describe('the routes', () => {
  it('have each method and path once', () => {
    const names = routeNames.map((name) => `${routes[name].method} ${basePath}${routes[name].path}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(routeNames)(
    '%s belongs to a function that is deployed, and a scope that exists, and parses its parameters',
    (name) => {
      const route = routes[name];
      expect(Object.keys(functions)).toContain(route.function);
      if ('scope' in route) expect(Object.keys(scopes)).toContain(route.scope);
      const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      expect('params' in route ? Object.keys(route.params.shape) : []).toEqual(inPath);
    },
  );

  it.each(routeNames)('%s holds a submit only if it can answer with the job', (name) => {
    const { holds, jobType, answers }: RouteDefinition = routes[name];
    expect(holds ?? false).toBe(jobType !== undefined && answers[200] === JobView);
  });

  it.each(routeNames)('%s, if it changes anything, wants a token, or a signature', (name) => {
    const route = routes[name];
    expect(route.method === 'GET' || 'scope' in route || 'signature' in route).toBe(true);
  });
});

it('the largest body leaves a record most of its 400 KB', () => {
  expect(longestBodyBytes * 3).toBeLessThan(400_000);
  expect(deepestBody).toBeLessThanOrEqual(32);
});
