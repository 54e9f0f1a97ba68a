import * as z from 'zod';

/** The part of JSON Schema 2020-12 that zod writes for this catalog. A strict object: what this cannot say stops the build. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
}

/** The schema of a zod type, as what goes in or comes out, and the schemas it names. */
export function jsonSchemaOf(type: z.ZodType, io: 'input' | 'output') {
  return JsonSchemaDocument.parse(z.toJSONSchema(type, { io, override: ({ jsonSchema }) => asAnyOf(jsonSchema) }));
}

/** A union whose options a field tells apart is to a type as any other union. */
function asAnyOf(schema: z.core.JSONSchema.BaseSchema): void {
  if (!schema.oneOf) return;
  schema.anyOf = schema.oneOf;
  delete schema.oneOf;
}

const JsonSchema: z.ZodType<JsonSchema> = z.object({
  $ref: z.string().optional(),
  description: z.string().optional(),
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  get anyOf() {
    return z.array(JsonSchema).optional();
  },
  get oneOf() {
    return z.array(JsonSchema).optional();
  },
  get items() {
    return JsonSchema.optional();
  },
  get properties() {
    return z.record(z.string(), JsonSchema).optional();
  },
  required: z.array(z.string()).optional(),
  get additionalProperties() {
    return z.union([z.boolean(), JsonSchema]).optional();
  },
});

const JsonSchemaDocument = z.intersection(
  JsonSchema,
  z.object({ $defs: z.record(z.string(), JsonSchema).default({}) }),
);

/** The TypeScript type of a schema; descriptions become doc comments. Throws for a schema it has no type for. */
export function typescriptOf(schema: JsonSchema, indent = ''): string {
  if (schema.$ref !== undefined) return schema.$ref.replace('#/$defs/', '');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map((option) => typescriptOf(option, indent)).join(' | ');
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `Array<${typescriptOf(schema.items ?? {}, indent)}>`;
    case 'object':
      return objectType(schema, indent);
    case undefined:
      return 'unknown';
    default:
      throw new Error(`There is no TypeScript type for the JSON Schema type "${schema.type}"`);
  }
}

/** A doc comment on a line of its own, or nothing. */
export function docComment(description: string | undefined, indent = ''): string {
  return description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '* /')} */\n`;
}

function objectType({ properties = {}, required = [], additionalProperties }: JsonSchema, indent: string): string {
  const inner = `${indent}  `;
  const fields = Object.entries(properties).map(([name, field]) => {
    const mark = required.includes(name) ? '' : '?';
    return `${docComment(field.description, inner)}${inner}${nameOf(name)}${mark}: ${typescriptOf(field, inner)};\n`;
  });
  const others =
    typeof additionalProperties === 'object'
      ? [`${inner}[name: string]: ${typescriptOf(additionalProperties, inner)};\n`]
      : [];
  return `{\n${[...fields, ...others].join('')}${indent}}`;
}

function nameOf(field: string): string {
  return /^[A-Za-z_]\w*$/.test(field) ? field : JSON.stringify(field);
}
