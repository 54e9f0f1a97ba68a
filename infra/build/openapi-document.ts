import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import packageJson from '../../package.json' with { type: 'json' };
import { idempotencySeconds, longestHoldSeconds } from '../../shared/catalog/problems.ts';
import { basePath, type RouteDefinition, type RouteName, routeNames, routes } from '../../shared/catalog/routes.ts';
import { responsesOf } from './openapi-responses.ts';
import { webhooks } from './openapi-webhooks.ts';

const hours = idempotencySeconds / 3_600;

/** The OpenAPI 3.1 description of the API, made from the routes table and its schemas. */
export function openapiDocument() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: packageJson.name,
      version: packageJson.version,
      description: [
        `${packageJson.description} Submit work, get a job id at once, follow the job.`,
        'A refusal is a problem document (RFC 9457), `application/problem+json`, whose `code` is for programs; what API Gateway refuses by itself is',
        'a `message` in `application/json`. An unknown address is 404 `not_found`, another method 405 `method_not_allowed` with `Allow`. Every',
        'answer has an `apigw-requestid`, the `request_id` of a problem.',
      ].join(' '),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: basePath }],
    paths: paths(),
    webhooks: webhooks(),
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Scopes are in the `scope` claim.',
        },
      },
    },
  });
}

function paths(): ZodOpenApiPathsObject {
  const result: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const name of routeNames) {
    const { path, method } = routes[name];
    result[path] = { ...result[path], [method.toLowerCase()]: operation(name) };
  }
  return result;
}

function operation(name: RouteName): ZodOpenApiOperationObject {
  const route: RouteDefinition = routes[name];
  return {
    operationId: name,
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    ...(route.scope ? { security: [{ bearer: [route.scope] }] } : { security: [] }),
    parameters: parametersOf(route),
    ...((route.params || route.query) && {
      requestParams: { ...(route.params && { path: route.params }), ...(route.query && { query: route.query }) },
    }),
    ...(route.signature && {
      requestBody: { required: true, content: { 'application/json': { schema: signedBody } } },
    }),
    ...(route.body && { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
    responses: responsesOf(route),
  };
}

function parametersOf(route: RouteDefinition) {
  const { jobType, repeatable, holds, conditional, signature, idempotencyKey: need } = route;
  return [
    ...(jobType || repeatable ? [{ ...idempotencyKey, required: need === 'required' }] : []),
    ...(holds ? [prefer] : []),
    ...(conditional ? [ifNoneMatch] : []),
    ...(signature ? [{ ...signatureHeader, name: signature }] : []),
  ];
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description: `The same key and body again get the first answer, for ${hours} hours.`,
  schema: { type: 'string' as const, minLength: 1, maxLength: 255 },
};

const signedBody = { type: 'object' as const, description: 'In the form of its sender.' };

const signatureHeader = {
  in: 'header' as const,
  required: true,
  description: 'Proves who the sender is, over the exact bytes of the body.',
  schema: { type: 'string' as const },
};

const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header' as const,
  required: false,
  description: 'The ETag of an earlier answer; 304 when nothing has changed.',
  schema: { type: 'string' as const },
};

const prefer = {
  name: 'Prefer',
  in: 'header' as const,
  required: false,
  description: `\`wait=N\` holds the request for up to N seconds (at most ${longestHoldSeconds}) until the job has ended, and then answers 200 with it; \`respond-async\` is the rule. \`Preference-Applied\` tells what was heeded.`,
  schema: { type: 'string' as const, examples: ['wait=15'] },
};
