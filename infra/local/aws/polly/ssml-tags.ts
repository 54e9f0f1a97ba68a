import * as z from 'zod';
import { PollyError } from './polly-error.ts';

/** https://docs.aws.amazon.com/polly/latest/dg/break-tag.html: at most 10 s. */
const pauseMilliseconds = z
  .string()
  .regex(/^\d+(\.\d+)?m?s$/)
  .transform((time) => Number.parseFloat(time) * (time.endsWith('ms') ? 1 : 1000))
  .pipe(z.number().max(10_000));

/** https://docs.aws.amazon.com/polly/latest/dg/voice-speed-change-vip.html: 20 % to 200 %, as a factor. */
const percent = z
  .string()
  .regex(/^\d+(\.\d+)?%$/)
  .transform((rate) => Number.parseFloat(rate) / 100)
  .pipe(z.number().min(0.2).max(2));

/** AWS gives no figures for its words; these are heard as what they say. */
const rates = { 'x-slow': 0.6, slow: 0.8, medium: 1, default: 1, fast: 1.2, 'x-fast': 1.5 };
const rateWord = z.enum(['x-slow', 'slow', 'medium', 'default', 'fast', 'x-fast']).transform((word) => rates[word]);

/** The tags of https://docs.aws.amazon.com/polly/latest/dg/supportedtags.html that are spoken here, and their attributes. */
const tagSchema = z.discriminatedUnion('name', [
  tag('speak', { version: z.string().optional(), 'xml:lang': z.string().optional() }),
  tag('p', {}),
  tag('s', {}),
  tag('break', { time: pauseMilliseconds }),
  tag('sub', { alias: z.string() }),
  tag('prosody', { rate: z.union([percent, rateWord]) }),
  tag('mark', { name: z.string() }),
]);

/** A tag with its attributes read. */
export type Tag = z.infer<typeof tagSchema>;

/** Reads a tag; throws InvalidSsmlException for a tag, an attribute or a value that is not spoken here. */
export function readTag(name: string, attributes: Readonly<Record<string, string>>): Tag {
  const { data, error } = tagSchema.safeParse({ name, attributes });
  if (error !== undefined) {
    throw invalidSsml(`the local Polly does not speak this <${name}>: ${z.prettifyError(error)}`);
  }
  return data;
}

/** What AWS answers to every mistake in SSML. */
export function invalidSsml(reason: string): PollyError {
  return new PollyError('InvalidSsmlException', `Invalid SSML request: ${reason}`);
}

function tag<Name extends string, Shape extends z.ZodRawShape>(name: Name, attributes: Shape) {
  return z.object({ name: z.literal(name), attributes: z.strictObject(attributes) });
}
