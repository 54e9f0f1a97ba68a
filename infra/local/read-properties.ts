import * as z from 'zod';
import type { ResolvedResource } from './template/resolve.ts';
import { TemplateError } from './template/template-error.ts';

/** A resource's properties as `schema` wants them. Throws TemplateError that names the resource and every wrong property. */
export function readProperties<Schema extends z.ZodType>(schema: Schema, resource: ResolvedResource): z.infer<Schema> {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  const place = `${resource.stackName}/${resource.logicalId} (${resource.type})`;
  throw new TemplateError(`${place} has properties that the local cloud cannot run:\n${z.prettifyError(parsed.error)}`);
}

/** A property that is allowed and changes nothing locally. */
export const ignored = z.unknown().optional();
