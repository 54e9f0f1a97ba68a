import * as z from 'zod';
import type { Credentials } from './aws/iam/callers.ts';
import { createFunction, type LocalFunction, type LocalFunctionOptions } from './aws/lambda/function.ts';
import type { Clock } from './clock.ts';
import type { FaultySandboxes } from './faults/faulty-sandboxes.ts';
import { ignored, readProperties } from './read-properties.ts';
import type { ResolvedResource, ResolvedTemplate } from './template/resolve.ts';
import { TemplateError } from './template/template-error.ts';

/** The template's functions, found by name or by any reference a template makes to one. */
export interface Functions {
  /** By short name, as in the names of log files. */
  readonly names: readonly string[];
  /**
   * A short or physical name, `name:alias`, or the ARN of a function, version or alias: all run the one function. Throws
   * TemplateError for any other.
   */
  find(reference: string): LocalFunction;
  /** No invocation starts any more; resolves when those under way have ended, or after `limitMs`. */
  drain(limitMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface FunctionsOptions {
  /** Added to every function's own variables: where AWS is. */
  readonly environment: Readonly<Record<string, string>>;
  /** Who a function is at AWS, by its name and its role's ARN. Throws TemplateError for a role that it cannot judge. */
  readonly credentialsOf: (functionName: string, roleArn: string) => Credentials;
  /** Take the place of variables that a function has: where the services outside AWS are. */
  readonly addresses: Readonly<Record<string, string>>;
  /** How many invocations of a function may run at once, and how long one more waits, by physical name. */
  readonly concurrencyOf: (
    functionName: string,
  ) => Pick<LocalFunctionOptions, 'maxConcurrency' | 'longestWaitMs' | 'eagerConcurrency' | 'patienceMs'>;
  readonly log: (shortName: string, line: string) => void;
  /** Told of every run that has ended, and of every one that was refused because too many were under way. */
  readonly observe?: (invocation: ObservedInvocation) => void;
  readonly clock: Clock;
  /** Run the functions in these, so that they can be harmed. */
  readonly sandboxes?: FaultySandboxes | undefined;
}

/** One run of a function; times in milliseconds since the epoch. */
export interface ObservedInvocation {
  readonly functionName: string;
  /** What it was invoked by, if not by the function itself. */
  readonly alias: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: 'succeeded' | 'failed' | 'throttled';
  /** Runs of the function under way when this one began, itself among them. */
  readonly concurrent: number;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
const FunctionProperties = z.strictObject({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string().regex(/^nodejs/, 'must be a Node.js runtime'),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  Environment: z.object({ Variables: z.record(z.string(), z.string()).default({}) }).default({ Variables: {} }),
  FunctionName: ignored,
  Description: ignored,
  Role: z.string(),
  Architectures: ignored,
  LoggingConfig: ignored,
  TracingConfig: ignored,
  ReservedConcurrentExecutions: ignored,
  RecursiveLoop: ignored,
  Tags: ignored,
});

/** Nothing runs yet: a sandbox is started by the first invocation. */
export function createFunctions(template: ResolvedTemplate, options: FunctionsOptions): Functions {
  const traffic = createTraffic();
  const observed = createObserver(options);
  const functions = template.resourcesOf('AWS::Lambda::Function').map((resource) => ({
    shortName: shortName(resource),
    target: traffic.through(createOne(template, resource, options)),
  }));
  return {
    names: functions.map((each) => each.shortName),
    find(reference) {
      const name = functionName(reference);
      const found = functions.find((each) => each.target.name === name || each.shortName === name);
      if (found === undefined) throw new TemplateError(`There is no function ${name} in the template (${reference}).`);
      return observed(found.target, alias(reference));
    },
    drain: (limitMs) => traffic.drain(limitMs, options.clock),
    async close() {
      await Promise.all(functions.map((each) => each.target.close()));
    },
  };
}

/** The function's name in `[arn:aws:lambda:<region>:<account>:function:]<name>[:<version or alias>]`. */
export function functionName(reference: string): string {
  const parts = reference.split(':');
  const name = parts[0] === 'arn' ? parts[6] : parts[0];
  return name ?? reference;
}

/** The alias in such a reference; a version is none. */
function alias(reference: string): string | undefined {
  const parts = reference.split(':');
  const qualifier = parts[0] === 'arn' ? parts[7] : parts[1];
  return qualifier !== undefined && /\D/.test(qualifier) ? qualifier : undefined;
}

/** Lets `observe` see what a function does, under the alias that it was invoked by. */
function createObserver({ observe, clock }: FunctionsOptions) {
  const running = new Map<string, number>();
  const count = (name: string, more: number) => {
    const now = (running.get(name) ?? 0) + more;
    running.set(name, now);
    return now;
  };
  return (target: LocalFunction, invokedBy: string | undefined): LocalFunction => ({
    ...target,
    async invoke(event, invokeOptions) {
      const startedAt = clock.now();
      const concurrent = count(target.name, 1);
      const result = await target.invoke(event, invokeOptions);
      count(target.name, -1);
      if (result.status === 'refused' && result.reason !== 'TooManyRequestsException') return result;
      const outcome = result.status === 'refused' ? 'throttled' : result.status;
      observe?.({ functionName: target.name, alias: invokedBy, startedAt, endedAt: clock.now(), outcome, concurrent });
      return result;
    },
  });
}

function createOne(template: ResolvedTemplate, resource: ResolvedResource, options: FunctionsOptions): LocalFunction {
  const properties = readProperties(FunctionProperties, resource);
  const { sandboxes } = options;
  return createFunction({
    ...(sandboxes && { startSandbox: (...sandbox) => sandboxes.start(shortName(resource), ...sandbox) }),
    name: resource.name,
    folder: template.assetFolder(resource, properties.Code.S3Key),
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout,
    memoryMegabytes: properties.MemorySize,
    environment: {
      ...relocated(properties.Environment.Variables, options.addresses),
      ...options.environment,
      ...credentialVariables(options.credentialsOf(resource.name, properties.Role)),
    },
    ...options.concurrencyOf(resource.name),
    log: (_, line) => options.log(shortName(resource), line),
    clock: options.clock,
  });
}

function credentialVariables({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  };
}

function relocated(variables: Readonly<Record<string, string>>, addresses: FunctionsOptions['addresses']) {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, addresses[name] ?? value]));
}

/** `ReconcileJobsFunctionA91BD211` → `reconcile-jobs`: the function's folder under functions/, or what a deployment of it is called. */
function shortName({ logicalId }: ResolvedResource): string {
  return logicalId
    .replace(/Function[0-9A-F]{8}$/, '')
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase();
}

/** Counts the invocations under way over all functions, and turns new ones away once it drains. */
function createTraffic() {
  const underWay = new Set<Promise<unknown>>();
  let draining = false;
  return {
    through: (target: LocalFunction): LocalFunction => ({
      ...target,
      invoke(event, invokeOptions) {
        if (draining) return Promise.resolve({ status: 'refused', reason: 'TooManyRequestsException' });
        const invocation = target.invoke(event, invokeOptions).finally(() => underWay.delete(invocation));
        underWay.add(invocation);
        return invocation;
      },
    }),
    async drain(limitMs: number, clock: Clock): Promise<void> {
      draining = true;
      const { promise: limit, resolve } = Promise.withResolvers<void>();
      const cancel = clock.after(limitMs, resolve);
      await Promise.race([Promise.allSettled(underWay), limit]);
      cancel();
    },
  };
}
