import path from 'node:path';
import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { openGazetteer } from '../../shared/adapters/gazetteer/sqlite-gazetteer.ts';
import { GenerateStoryRequest } from '../../shared/catalog/schemas/story.ts';
import { personalities } from '../../shared/catalog/voices.ts';
import { type Place, type PlaceResolution, placeLabel, resolvePlace } from '../../shared/domain/gazetteer.ts';
import { CommandError } from './command-line.ts';
import { refusedOptionsText } from './refused-options.ts';
import { twoColumns } from './two-columns.ts';

export type StoryRequest = z.input<typeof GenerateStoryRequest>;

export interface DemoOptions {
  readonly place: string | undefined;
  readonly latitude: string | undefined;
  readonly longitude: string | undefined;
  readonly voice: string | undefined;
  readonly theme: string;
  readonly interests: string;
  readonly length: string | undefined;
}

const defaultPlace = 'San Francisco';

export const demoUsage = `Usage: npm run demo -- [options]

Runs the service once: writes a story about a place, narrates it and keeps the mp3.

  --place <name>       where you are (${defaultPlace}); "Springfield, Illinois" tells it from others
  --lat, --lng <deg>   the exact position instead of the place's own
  --voice <name>       ${Object.keys(personalities).join(', ')}
  --theme <word>       what the story should feel like (adventure)
  --interests <a,b>    what you like to hear about (history,culture)
  --length <length>    short, medium or long
  --help               this text`;

/**
 * The options of the command line; undefined if only the help text is wanted. Throws parseArgs's own errors, and CommandError
 * (exit code 2) for an unknown voice.
 */
export function readDemoOptions(args: readonly string[]): DemoOptions | undefined {
  const { values } = parseArgs({
    args: withNegativeNumbers(args),
    options: {
      place: { type: 'string' },
      lat: { type: 'string' },
      lng: { type: 'string' },
      voice: { type: 'string' },
      theme: { type: 'string', default: 'adventure' },
      interests: { type: 'string', default: 'history,culture' },
      length: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { place, lat: latitude, lng: longitude, voice, theme, interests, length } = values;
  refuseUnknownVoice(voice);
  return { place, latitude, longitude, voice, theme, interests, length };
}

/** `--lng -103.72` as `--lng=-103.72`: parseArgs takes a value that begins with a dash for another option. */
function withNegativeNumbers(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    if (isNegative(arg) && isOption(args[index - 1])) return [];
    const next = args[index + 1] ?? '';
    return isOption(arg) && isNegative(next) ? [`${arg}=${next}`] : [arg];
  });
}

function isNegative(arg: string): boolean {
  return /^-[\d.]/.test(arg);
}

function isOption(arg: string | undefined): boolean {
  return arg === '--lat' || arg === '--lng';
}

/** The body of the submit. Throws CommandError (exit code 2) for a place that is not clear and for values out of bounds. */
export function storyRequest(options: DemoOptions): StoryRequest {
  const request = {
    location: location(options),
    interests: options.interests
      .split(',')
      .map((interest) => interest.trim())
      .filter((interest) => interest !== ''),
    context: { theme: options.theme },
    preferences: { ...(options.length !== undefined && { length: options.length }) },
    include_voice: true,
    ...(options.voice !== undefined && { voice_personality: options.voice }),
  };
  const parsed = GenerateStoryRequest.safeParse(request);
  if (parsed.success) return parsed.data;
  throw new CommandError(refusedOptionsText(parsed.error.issues, options), { exitCode: 2 });
}

function refuseUnknownVoice(voice: string | undefined): void {
  if (voice === undefined || Object.hasOwn(personalities, voice)) return;
  const known = twoColumns(Object.entries(personalities).map(([name, { description }]) => [name, description]));
  throw new CommandError(`There is no voice "${voice}". There are:\n${known}`, { exitCode: 2 });
}

function location({ place, latitude, longitude }: DemoOptions): StoryRequest['location'] {
  if ((latitude === undefined) !== (longitude === undefined)) {
    throw new CommandError('Give --lat and --lng together, in degrees.', { exitCode: 2 });
  }
  if (latitude !== undefined) return { latitude: Number(latitude), longitude: Number(longitude), name: place };
  const found = findPlace(place ?? defaultPlace);
  return { latitude: found.latitude, longitude: found.longitude, name: found.name };
}

function findPlace(name: string): Place {
  const gazetteer = openGazetteer(path.join(import.meta.dirname, '../../dist/gazetteer.db'));
  const resolution = resolvePlace(gazetteer, name);
  if (resolution.outcome === 'found') return resolution.place;
  throw new CommandError(unclearPlaceText(resolution), { exitCode: 2 });
}

function unclearPlaceText(resolution: Exclude<PlaceResolution, { outcome: 'found' }>): string {
  const isAmbiguous = resolution.outcome === 'ambiguous';
  const candidates = isAmbiguous ? resolution.candidates : resolution.similar;
  const problem = isAmbiguous
    ? `Several places are called "${resolution.query}".`
    : `No place called "${resolution.query}" is known.`;
  const choices = candidates.map((place) => `  npm run demo -- --place "${placeLabel(place)}"`);
  const lines = [
    problem,
    ...(choices.length > 0 ? ['Choose one:', ...choices, 'Or give the position:'] : ['Give the position:']),
  ];
  return [...lines, '  npm run demo -- --lat 35.17 --lng -103.72'].join('\n');
}
