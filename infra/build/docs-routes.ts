import type * as z from 'zod';
import { basePath, type RouteDefinition, type RouteName, routeNames, routes } from '../../shared/catalog/routes.ts';
import { type Html, html, prose, table } from './html.ts';
import { type JsonSchema, jsonSchemaOf, typescriptOf } from './json-schema-types.ts';

/** Every route with what it takes, from the routes table. */
export function describeRoutes(): Html {
  return html`${routeNames.map(describeRoute)}`;
}

function describeRoute(name: RouteName): Html {
  const { method, path, summary, description, scope, params, query, body, answers }: RouteDefinition = routes[name];
  const fields = [...fieldsOf('path', params), ...fieldsOf('query', query), ...fieldsOf('body', body)];
  return html`<section id="route-${name}">
<h3><code>${method} ${basePath}${path}</code></h3>
<p>${summary}. ${scope ? html`Scope <code>${scope}</code>.` : 'No token.'} Answers ${Object.keys(answers).join(', ')}.</p>
${description === undefined ? '' : html`<p>${prose(description)}</p>`}
${fields.length > 0 ? table(['field', 'in', 'type', ''], fields) : ''}</section>
`;
}

function fieldsOf(place: string, type: z.ZodType | undefined) {
  if (!type) return [];
  const { $defs, ...schema } = jsonSchemaOf(type, 'input');
  const { properties = {}, required = [] } = inlined(schema, $defs);
  return Object.entries(properties).map(([name, field]) => {
    const isRequired = place === 'path' || required.includes(name);
    const { description = '', ...rest } = field;
    return [
      html`<code>${name}</code>${isRequired ? html` <b title="required">*</b>` : ''}`,
      place,
      html`<code>${typescriptOf(rest)}</code>`,
      prose(description),
    ];
  });
}

/** The schema with every schema it names in the name's place. */
function inlined(schema: JsonSchema, named: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const { $ref, anyOf, oneOf, items, properties, ...rest } = schema;
  if ($ref !== undefined) return { ...inlined(named[$ref.replace('#/$defs/', '')] ?? {}, named), ...rest };
  const inner = (one: JsonSchema) => inlined(one, named);
  const fields = Object.entries(properties ?? {}).map(([name, field]) => [name, inner(field)]);
  return {
    ...rest,
    ...(anyOf && { anyOf: anyOf.map(inner) }),
    ...(oneOf && { oneOf: oneOf.map(inner) }),
    ...(items && { items: inner(items) }),
    ...(properties && { properties: Object.fromEntries(fields) }),
  };
}
