// The behaviour of Lambda's execution environment:
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { InvokeResult, LocalFunction } from '../../infra/local/aws/lambda/function.ts';
import { testFunction } from '../support/local-function.ts';
import { ManualClock } from '../support/manual-clock.ts';

const open: LocalFunction[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((created) => created.close()));
});

function probe(...options: Parameters<typeof testFunction> extends [unknown, ...infer Rest] ? Rest : never) {
  const created = testFunction('probe', ...options);
  open.push(created);
  return created;
}

const errorTypeOf = (result: InvokeResult) => (result.status === 'failed' ? result.error.errorType : result.status);
const payloadOf = (result: InvokeResult) => (result.status === 'succeeded' ? result.payload : result);

describe('an invocation', () => {
  test('returns what the handler returned, as JSON carries it', async () => {
    const fn = probe();
    const value = { story: 'é', list: [1, null] };
    expect(payloadOf(await fn.invoke({ act: 'echo', value }))).toEqual(value);
    expect(payloadOf(await fn.invoke({ act: 'nothing' }))).toBeNull();
  });

  test('keeps the memory of a warm sandbox', async () => {
    const fn = probe();
    await fn.invoke({ act: 'count' });
    expect(payloadOf(await fn.invoke({ act: 'count' }))).toBe(2);
  });

  test('sees the context of Lambda', async () => {
    const fn = probe({ timeoutSeconds: 7 });
    const result = await fn.invoke({ act: 'context' });
    expect(payloadOf(result)).toMatchObject({
      awsRequestId: result.status === 'succeeded' && result.requestId,
      functionName: 'probe',
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:probe',
      logGroupName: '/aws/lambda/probe',
    });
    expect(payloadOf(result)).toHaveProperty('remaining', expect.closeTo(7000, -2));
  });

  test('sees its own environment and nothing of the host', async () => {
    const environment = payloadOf(await probe().invoke({ act: 'environment' }));
    expect(environment).toMatchObject({
      STAGE: 'local',
      TZ: 'UTC',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'probe',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/probe',
      LAMBDA_TASK_ROOT: expect.stringContaining('functions/probe'),
    });
    expect(environment).not.toHaveProperty('PATH');
    expect(environment).toHaveProperty('HOME', expect.not.stringMatching(`^${process.env.HOME}$`));
  });

  test('hands on whole lines, also those with Unicode line separators or without an end', async () => {
    const fn = probe();
    await fn.invoke({ act: 'print', text: 'one\ntwo\u2028still two\nthr' });
    await fn.close();
    await vi.waitFor(() => expect(fn.lines).toEqual(['one', 'two\u2028still two', 'thr']));
  });
});

describe('a failing handler', () => {
  test('is reported with type, message and trace, and leaves the sandbox warm', async () => {
    const fn = probe();
    const result = await fn.invoke({ act: 'throw', message: 'no such place' });
    expect(result).toMatchObject({
      status: 'failed',
      error: { errorType: 'StoryError', errorMessage: 'no such place', trace: expect.arrayContaining([]) },
    });
    expect(fn.lines.join()).toContain('no such place');
    expect(payloadOf(await fn.invoke({ act: 'count' }))).toBe(2);
  });

  test('may throw nothing at all', async () => {
    expect(errorTypeOf(await probe().invoke({ act: 'throwNothing' }))).toBe('handled');
  });

  test.each([
    ['spins', { act: 'spin' }, 'Sandbox.Timedout', 'Task timed out after 1.00 seconds'],
    ['exits', { act: 'exit', code: 3 }, 'Runtime.ExitError', 'Runtime exited with error: exit status 3'],
    ['exits as if all were well', { act: 'exit', code: 0 }, 'Runtime.ExitError', 'without providing a reason'],
    ['leaves a rejection unhandled', { act: 'rejectLate' }, 'Runtime.UnhandledPromiseRejection', 'nobody waits'],
    ['throws from a timer', { act: 'throwLate' }, 'TypeError', 'from a timer'],
  ])('that %s fails its own invocation only', async (_what, event, errorType, message) => {
    const fn = probe({ timeoutSeconds: 1 });
    const result = await fn.invoke(event);
    expect(result).toMatchObject({
      status: 'failed',
      error: { errorType, errorMessage: expect.stringContaining(message) },
    });
    expect(payloadOf(await fn.invoke({ act: 'count' }))).toBe(1);
  });

  test('that throws after it returned is logged, and the next invocation gets a fresh sandbox', async () => {
    const fn = probe();
    expect(await fn.invoke({ act: 'throwAfterReturn' })).toMatchObject({ status: 'succeeded' });
    await vi.waitFor(() => expect(fn.lines.join()).toContain('nobody is running'));
    expect(payloadOf(await fn.invoke({ act: 'count' }))).toBe(1);
  });

  test('that fills its memory fails its own invocation only', async () => {
    const fn = probe({ timeoutSeconds: 20, memoryMegabytes: 32 });
    expect(errorTypeOf(await fn.invoke({ act: 'fill' }))).toBe('Runtime.OutOfMemory');
    expect(payloadOf(await fn.invoke({ act: 'count' }))).toBe(1);
  });

  test('cannot return what JSON cannot hold, nor more than 6 MB', async () => {
    const fn = probe();
    expect(errorTypeOf(await fn.invoke({ act: 'circle' }))).toBe('Runtime.MarshalError');
    expect(errorTypeOf(await fn.invoke({ act: 'large', bytes: 6_291_557 }))).toBe('Function.ResponseSizeTooLarge');
    expect(errorTypeOf(await fn.invoke({ act: 'large', bytes: 6_000_000 }))).toBe('succeeded');
  });
});

describe('a bundle that cannot start', () => {
  test.each([
    ['missing-import', 'Runtime.ImportModuleError', 'a-package-nobody-bundled'],
    ['no-handler', 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
  ] as const)('%s fails each invocation with %s', async (bundle, errorType, message) => {
    const fn = testFunction(bundle);
    open.push(fn);
    for (const attempt of ['first', 'second']) {
      expect(await fn.invoke({ attempt })).toMatchObject({
        status: 'failed',
        error: { errorType, errorMessage: expect.stringContaining(message) },
      });
    }
  });

  test('has ten seconds, and the time-out of its function on top', async () => {
    const clock = new ManualClock();
    const fn = testFunction('slow-import', { clock, timeoutSeconds: 3 });
    open.push(fn);
    const settled = vi.fn();
    const invoked = fn.invoke({}).finally(settled);
    await expect.poll(() => clock.pending).toBeGreaterThan(0);
    clock.advance(12_999);
    await new Promise(setImmediate);
    expect(settled).not.toHaveBeenCalled();
    clock.advance(1);
    expect(errorTypeOf(await invoked)).toBe('Sandbox.Timedout');
  });
});

describe('concurrency', () => {
  test('grows to its limit and then throttles', async () => {
    const fn = probe({ maxConcurrency: 2 });
    const calls = [1, 2, 3].map(() => fn.invoke({ act: 'wait', ms: 50 }));
    const statuses = (await Promise.all(calls)).map((result) => result.status);
    expect(statuses).toEqual(['succeeded', 'succeeded', 'refused']);
    expect(await fn.invoke({ act: 'nothing' })).toMatchObject({ status: 'succeeded' });
  });

  test('gives an invocation that has waited long a sandbox beyond those that are started at once', async () => {
    const clock = new ManualClock();
    const limits = { eagerConcurrency: 1, patienceMs: 1_500, maxConcurrency: 2, longestWaitMs: 29_000 };
    const fn = probe({ clock, ...limits });
    const held = new AbortController();
    const first = fn.invoke({ act: 'spin' }, { signal: held.signal });
    const second = fn.invoke({ act: 'count' });
    clock.advance(1_400);
    const third = fn.invoke({ act: 'count' });
    clock.advance(200);
    expect(payloadOf(await second)).toBe(1);
    expect(payloadOf(await third), 'in the same sandbox').toBe(2);
    held.abort();
    expect(errorTypeOf(await first)).toBe('Runtime.ExitError');
  });

  test('refuses an event over 6 MB without running it', async () => {
    const result = await probe().invoke({ act: 'echo', value: 'x'.repeat(6_291_456) });
    expect(result).toEqual({ status: 'refused', reason: 'RequestTooLargeException' });
  });

  test('goes back to one warm sandbox when there is nothing to do', async () => {
    const clock = new ManualClock();
    const fn = probe({ clock });
    await Promise.all([1, 2].map(() => fn.invoke({ act: 'wait', ms: 20 })));
    clock.advance(61_000);
    const counts = await Promise.all([1, 2].map(() => fn.invoke({ act: 'count' })));
    expect(counts.map(payloadOf)).toEqual([2, 1]);
  });

  test('an aborted invocation dies with its sandbox', async () => {
    const fn = probe();
    const controller = new AbortController();
    const call = fn.invoke({ act: 'spin' }, { signal: controller.signal });
    controller.abort();
    expect(errorTypeOf(await call)).toBe('Runtime.ExitError');
    expect(payloadOf(await fn.invoke({ act: 'count' }))).toBe(1);
  });

  test('closing ends what spins within two seconds and refuses what follows', async () => {
    const fn = probe({ timeoutSeconds: 60 });
    const call = fn.invoke({ act: 'spin' });
    const startedAt = performance.now();
    await fn.close();
    expect(errorTypeOf(await call)).toBe('Runtime.ExitError');
    expect(performance.now() - startedAt).toBeLessThan(2000);
    expect(await fn.invoke({ act: 'nothing' })).toMatchObject({ status: 'refused' });
  });
});
