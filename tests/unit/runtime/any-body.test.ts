import fc from 'fast-check';
import { it } from 'vitest';
import { ProblemDocument } from '../../../shared/catalog/schemas/job.ts';
import { SubmitAnswer } from '../../../shared/catalog/schemas/submit.ts';
import { storyRoute, submitApi, type TestAnswer } from '../../support/submit-api.ts';

const api = submitApi();
const voiceRoute = 'POST /api/v1/jobs/voice/synthesize';

/** Accepted, or a problem that is the client's. */
function isProper({ statusCode, headers, body }: TestAnswer): boolean {
  if (statusCode === 202) return SubmitAnswer.safeParse(body).success;
  const document = ProblemDocument.safeParse(body);
  const isProblem = headers['content-type'] === 'application/problem+json' && document.data?.status === statusCode;
  return isProblem && statusCode >= 400 && statusCode < 500;
}

const anyValue = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.constantFrom(
    '\uffff',
    '\ud800',
    '__proto__',
    '',
    1e300,
    1e-300,
    -0,
    '0001-01-01T00:00:00Z',
    '9999-12-31T00:00:00Z',
  ),
);

const fields = {
  location: fc.oneof(anyValue, fc.record({ latitude: anyValue, longitude: anyValue, name: anyValue })),
  interests: fc.oneof(anyValue, fc.array(anyValue, { maxLength: 12 })),
  context: fc.oneof(anyValue, fc.dictionary(fc.string({ unit: 'binary' }), anyValue)),
  preferences: fc.oneof(anyValue, fc.record({ length: anyValue, units: anyValue })),
  include_voice: anyValue,
  voice_personality: anyValue,
  text: anyValue,
  priority: anyValue,
  expires_in: anyValue,
  delay: anyValue,
  run_at: anyValue,
};

const validStory = { location: { latitude: 35.17, longitude: -103.72 }, interests: ['history'], include_voice: true };
const someFields = fc.record(fields, { requiredKeys: [] });
const nearlyValid = someFields.map((wrong) => JSON.stringify({ ...validStory, ...wrong }));
const openFields = fc.record({ context: fields.context, preferences: fc.dictionary(fc.string(), anyValue) });
const oneField = openFields.map((wrong) => JSON.stringify({ ...validStory, ...wrong }));

const bodies = fc.oneof(
  nearlyValid,
  oneField,
  someFields.map((body) => JSON.stringify(body)),
  fc.json(),
  fc.string({ unit: 'binary' }),
);

it('every body is either accepted or told what is wrong with it, and none is a server error', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(storyRoute, voiceRoute),
    bodies,
    fc.boolean(),
    async (...request) => {
      const [routeKey, body, base64] = request;
      return isProper(await api.send({ routeKey, body, base64 }));
    },
  );
  await fc.assert(property, { numRuns: 2_000 });
});

it('every idempotency key is either taken or told what is wrong with it', async () => {
  const key = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ minLength: 250, maxLength: 260 }));
  const property = fc.asyncProperty(key, async (text) => {
    const headers = { 'idempotency-key': text };
    return isProper(await api.send({ routeKey: storyRoute, body: validStory, headers }));
  });
  await fc.assert(property, { numRuns: 500 });
});
