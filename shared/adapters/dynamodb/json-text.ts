import * as z from 'zod';

/** JSON kept as text, parsed. Text that is no JSON is an issue that does not quote it. */
export const JsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});
