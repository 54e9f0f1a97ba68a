import type { VoiceEngine } from './voices.ts';

/**
 * US dollars for a million characters, which is the same number as micro-dollars (1e-6 USD) a character. Audio and speech marks are billed
 * each. Read on 2026-10-07. Prices of the models are in models.ts.
 * @see https://aws.amazon.com/polly/pricing/
 */
export const speechPrices = {
  standard: 4,
  neural: 16,
  'long-form': 100,
  generative: 30,
} as const satisfies Record<VoiceEngine, number>;

/**
 * Micro-dollars for storing one object: the request. S3 Standard, us-east-1, 0.005 USD a thousand PUTs.
 * @see https://aws.amazon.com/s3/pricing/
 */
export const storedObjectMicroUsd = 5;

/**
 * Micro-dollars for one route by car, without its tolls: Amazon Location's routes, us-east-1, 0.50 USD a thousand.
 * @see https://aws.amazon.com/location/pricing/
 */
export const foundRouteMicroUsd = 500;

/**
 * What a story is expected to cost before it is written, micro-dollars: 1,500 tokens in and 300 out of the stages' model; 900 characters with
 * a voice, billed twice, and two objects.
 */
export const expectedStoryMicroUsd = { text: 3_000, voice: 32_000 } as const;
