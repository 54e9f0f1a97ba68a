import { Ajv2020 } from 'ajv/dist/2020.js';
import * as z from 'zod';

const Header = z.looseObject({ required: z.boolean().default(false) });

const Answer = z.object({
  description: z.string(),
  headers: z.record(z.string(), Header).default({}),
  content: z.record(z.string(), z.looseObject({})).default({}),
});

const Operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.record(z.string(), Answer),
});

export const OpenapiDocument = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({
    schemas: z.record(z.string(), z.looseObject({ examples: z.array(z.unknown()).default([]) })),
  }),
});

export interface Answered {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Judges values by an OpenAPI document alone, with a JSON Schema validator that knows nothing of this project. */
export function openapiChecker(json: unknown) {
  const document = OpenapiDocument.parse(json);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(z.record(z.string(), z.unknown()).parse(json), 'api', undefined, false);

  /** What is wrong with a value by the schema at this place of the document; undefined when nothing is. */
  const misfit = (place: readonly string[], value: unknown): string | undefined => {
    const pointer = place.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = ajv.compile({ $ref: `api#/${pointer}` });
    return validate(value) ? undefined : ajv.errorsText(validate.errors);
  };

  /** What is undocumented or misshapen in an answer of the operation; undefined when nothing is. */
  const answerMisfit = (path: string, method: string, answer: Answered): string | undefined => {
    const verb = method.toLowerCase();
    const documented = document.paths[path]?.[verb]?.responses[answer.status];
    if (!documented) return `the status ${answer.status} is undocumented`;
    const missing = Object.entries(documented.headers).find(
      ([name, { required }]) => required && answer.headers[name.toLowerCase()] === undefined,
    );
    if (missing) return `the header ${missing[0]} is missing`;
    const names = Object.keys(documented.headers).map((name) => name.toLowerCase());
    if (answer.headers['retry-after'] !== undefined && !names.includes('retry-after'))
      return 'Retry-After is undocumented';
    if (answer.text === '') return Object.keys(documented.content).length === 0 ? undefined : 'the body is missing';
    const contentType = String(answer.headers['content-type']);
    if (!documented.content[contentType]) return `the type ${contentType} is undocumented for ${answer.status}`;
    const place = ['paths', path, verb, 'responses', String(answer.status), 'content', contentType, 'schema'];
    return misfit(place, contentType.includes('json') ? JSON.parse(answer.text) : answer.text);
  };

  return { document, misfit, answerMisfit };
}
