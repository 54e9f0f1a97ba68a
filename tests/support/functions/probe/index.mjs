// A bundle as esbuild makes it for ESM: its banner gives bundled CommonJS code a `require`.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { setTimeout: sleep } = require('node:timers/promises');

let invocations = 0;

const acts = {
  echo: ({ value }) => value,
  nothing: () => undefined,
  count: () => invocations,
  context: (_event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() }),
  environment: () => ({ ...process.env }),
  print: ({ text }) => process.stdout.write(text),
  throw: ({ message }) => {
    throw Object.assign(new Error(message), { name: 'StoryError' });
  },
  throwNothing: () => Promise.reject(undefined),
  spin: () => {
    for (;;);
  },
  exit: ({ code }) => process.exit(code),
  fill: () => {
    const kept = [];
    for (;;) kept.push(new Array(100_000).fill(kept.length));
  },
  rejectLate: () => {
    void Promise.reject(new Error('nobody waits for this'));
    return sleep(5000);
  },
  throwLate: () => {
    setTimeout(() => {
      throw new TypeError('from a timer');
    }, 1);
    return sleep(5000);
  },
  throwAfterReturn: () => {
    setTimeout(() => {
      throw new TypeError('nobody is running');
    }, 20);
  },
  large: ({ bytes }) => 'x'.repeat(bytes),
  circle: () => {
    const circle = {};
    circle.self = circle;
    return circle;
  },
  wait: ({ ms }) => sleep(ms),
};

export const handler = async (event, context) => {
  invocations += 1;
  return acts[event.act](event, context);
};
