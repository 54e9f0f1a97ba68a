import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openapiDocument } from '../../infra/build/openapi-document.ts';
import { problems } from '../../shared/catalog/problems.ts';
import { problemsOf } from '../../shared/catalog/route-problems.ts';
import { type RouteDefinition, type RouteName, routeNames, routes } from '../../shared/catalog/routes.ts';
import { GatewayMessage } from '../../shared/catalog/schemas/gateway.ts';
import { ProblemDocument } from '../../shared/catalog/schemas/job.ts';
import { WebhookEvent } from '../../shared/catalog/schemas/webhook.ts';
import { openapiChecker } from '../support/openapi-checker.ts';

const json: unknown = JSON.parse(JSON.stringify(openapiDocument()));
const { document, misfit, answerMisfit } = openapiChecker(json);
const schemas = document.components.schemas;
const zodSchemas = namedSchemas();

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1 by a validator of somebody else', async () => {
    const validated = structuredClone(z.record(z.string(), z.unknown()).parse(json));
    expect(await new Validator().validate(validated)).toEqual({ valid: true });
  });

  it('names each operation once, as the routes table does', () => {
    const ids = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );
    expect(ids.toSorted()).toEqual([...routeNames].toSorted());
  });

  it('says what receivers of webhooks are sent, and under which headers', () => {
    const { parameters, requestBody } = z
      .object({ parameters: z.array(z.object({ name: z.string() })), requestBody: z.unknown() })
      .parse(openapiDocument().webhooks?.job_ended?.post);
    expect(parameters.map((header) => header.name)).toEqual(['webhook-id', 'webhook-timestamp', 'webhook-signature']);
    expect(JSON.stringify(requestBody)).toContain('#/components/schemas/WebhookEvent');
  });

  it('finds fault with what does not fit, so that its approval means something', () => {
    expect(misfit(['components', 'schemas', 'JobId'], 'abc')).toContain('pattern');
    expect(misfit(['components', 'schemas', 'Location'], { latitude: 91 })).toContain('longitude');
    const health = { status: 200, headers: { 'content-type': 'application/json', 'retry-after': '2' }, text: '{}' };
    expect(answerMisfit('/health', 'GET', health)).toBe('Retry-After is undocumented');
  });
});

describe.each(Object.keys(schemas))('the schema %s', (name) => {
  it('has an example that fits it, by its JSON Schema and by the one the API itself parses with', () => {
    const examples = schemas[name]?.examples ?? [];
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(misfit(['components', 'schemas', name], example)).toBeUndefined();
      expect(zodSchemas.get(name)?.safeParse(example)).toMatchObject({ success: true });
    }
  });
});

describe.each(routeNames)('the operation %s', (name) => {
  const route: RouteDefinition = routes[name];
  const { responses = {}, security } = document.paths[route.path]?.[route.method.toLowerCase()] ?? {};

  it('says every problem it can meet, with an example of each', () => {
    for (const code of problemsOf(route)) {
      const answer = responses[problems[code].status];
      const examples = z
        .record(z.string(), z.object({ value: ProblemDocument }))
        .parse(answer?.content['application/problem+json']?.examples);
      expect(examples[code]?.value.code).toBe(code);
      expect(answer?.description).toContain(`\`${code}\``);
    }
  });

  it('says what API Gateway answers by itself, and which scope it wants', () => {
    const own = ['429', '500', '503', ...(route.scope ? ['401', '403'] : []), ...(route.body ? ['413'] : [])];
    for (const status of own) {
      expect(responses[status]?.description).toContain('API Gateway');
      expect(Object.keys(responses[status]?.content ?? {})).toContain('application/json');
    }
    expect(security).toEqual(route.scope ? [{ bearer: [route.scope] }] : []);
  });

  it('says which headers come with its answer', () => {
    const headers = Object.keys(responses['202']?.headers ?? {});
    if (route.answers[202]) expect(headers).toContain('Retry-After');
    if (route.polled) expect(Object.keys(responses['200']?.headers ?? {})).toContain('Retry-After');
    for (const code of problemsOf(route).filter((problem) => 'retryAfter' in problems[problem])) {
      expect(Object.keys(responses[problems[code].status]?.headers ?? {})).toContain('Retry-After');
    }
    if (route.jobType) expect(headers).toEqual(expect.arrayContaining(['Location', 'Idempotent-Replayed']));
    if (!route.conditional) return expect(responses['304']).toBeUndefined();
    expect(Object.keys(responses['304']?.headers ?? {})).toContain('ETag');
    expect(Object.keys(responses['200']?.headers ?? {})).toEqual(expect.arrayContaining(['ETag', 'Retry-After']));
  });
});

/** The zod schemas that have a name in the document, wherever they stand in a route or a problem. */
function namedSchemas(): Map<string, z.ZodType> {
  const found = new Map<string, z.ZodType>();
  const partsOf = (name: RouteName): readonly (z.ZodType | undefined)[] => {
    const { params, query, body, answers }: RouteDefinition = routes[name];
    return [params, query, body, ...Object.values(answers)];
  };
  const tops = [...routeNames.flatMap(partsOf), ProblemDocument, GatewayMessage, WebhookEvent];
  for (const top of tops) {
    if (!top) continue;
    z.toJSONSchema(top, {
      override: ({ zodSchema }) => {
        const id = z.globalRegistry.get(zodSchema)?.id;
        if (id !== undefined && zodSchema instanceof z.ZodType) found.set(id, zodSchema);
      },
    });
  }
  return found;
}
