/** A template that the local cloud cannot run as written. The message names the resource and the property, for a person to read. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
