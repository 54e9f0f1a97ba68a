import type { JobDocument } from '../../support/api-client.ts';
import { bookingRequest } from '../../support/booking-scene.ts';

/** One job to be submitted. */
export interface PlannedJob {
  /** Six digits; they are in everything a provider is asked for it. */
  readonly number: string;
  readonly kind: JobKind;
  readonly owner: string;
  /** Its owner cancels it so many milliseconds after it was accepted. */
  readonly cancelAfter?: number;
}

type JobKind = keyof typeof mix;

/** How many of a hundred jobs are of which kind, and how such a job may end if it does not complete. */
const mix = {
  story: { share: 41, ends: [] },
  'cancelled story': { share: 6, ends: ['cancelled'] },
  'story with voice': { share: 3, ends: [] },
  narration: { share: 12, ends: [] },
  photo: { share: 4, ends: [] },
  'photo that was never uploaded': { share: 2, ends: ['failed'] },
  batch: { share: 1, ends: [] },
  booking: { share: 6, ends: [] },
  'booking of a full venue': { share: 1, ends: ['failed'] },
  'cancelled booking': { share: 2, ends: ['cancelled'] },
  notification: { share: 4, ends: [] },
  // It has one attempt, which may be killed.
  probe: { share: 15, ends: ['failed'] },
  'late job': { share: 3, ends: ['expired'] },
} as const satisfies Record<string, { readonly share: number; readonly ends: readonly JobDocument['status'][] }>;

export const owners = ['ada', 'lin', 'sam', 'kim', 'eve', 'bob', 'zoe', 'max'] as const;

const queues = ['booking', 'voice_synthesis', 'notifications', 'ai_generation', 'default', 'image_processing'] as const;

const kinds = Object.entries(mix).flatMap(([kind, { share }]) => Array<string>(share).fill(kind));

/** How a job of the kind may end besides completed. */
export function endsByDesign(kind: JobKind): readonly JobDocument['status'][] {
  return mix[kind].ends;
}

/** The mixed jobs of a soak, the same for the same count. */
export function planJobs(count: number): readonly PlannedJob[] {
  return Array.from({ length: count }, (_, index) => {
    // A step that shares no factor with a hundred visits every kind in each hundred, well mixed.
    const kind = kinds[(index * 37) % kinds.length];
    if (!isKind(kind)) throw new Error(`No kind ${kind}`);
    return {
      number: String(index).padStart(6, '0'),
      kind,
      owner: owners[index % owners.length] ?? owners[0],
      ...(kind.startsWith('cancelled') && { cancelAfter: (index * 53) % 400 }),
    };
  });
}

/** Where the job is submitted, and what. */
export function requestFor(
  { number, kind }: Pick<PlannedJob, 'number' | 'kind'>,
  uploadKey: string,
): { readonly path: string; readonly body: unknown } {
  const index = Number(number);
  // Names are unique, so that no story is told again from the cache.
  const location = { latitude: 31 + (index % 170) / 10, longitude: -120 + (index % 430) / 10, name: `Soak ${number}` };
  const preferences = { length: 'short' };
  switch (kind) {
    case 'story':
    case 'cancelled story':
      return { path: '/jobs/story/generate', body: { location, preferences } };
    case 'story with voice':
      return { path: '/jobs/story/generate', body: { location, preferences, include_voice: true } };
    case 'narration':
      return { path: '/jobs/voice/synthesize', body: { text: `Soak ${number}.` } };
    case 'photo':
    case 'photo that was never uploaded':
      return { path: '/jobs/image/process', body: { upload_key: uploadKey } };
    case 'batch': {
      const routes = [{ origin: 'Tucumcari', destination: 'Amarillo, TX' }];
      return { path: '/jobs/batch/stories', body: { routes, interests: [`soak ${number}`], preferences } };
    }
    case 'booking':
    case 'cancelled booking':
      return { path: '/jobs/booking/process', body: bookingRequest() };
    case 'booking of a full venue':
      return { path: '/jobs/booking/process', body: bookingRequest({ venue_id: 'always-full' }) };
    case 'notification': {
      const [email = '', push = ''] = recipientsOf(number);
      const recipients = [
        { channel: 'email', address: email },
        { channel: 'push', endpoint: push },
      ];
      return { path: '/jobs/notification/send', body: { recipients, title: `Soak ${number}`, body: 'Stories.' } };
    }
    case 'probe':
      return { path: `/ops/queues/${queues[index % queues.length]}/probe`, body: {} };
    case 'late job':
      return { path: '/jobs/voice/synthesize', body: { text: `Soak ${number}.`, delay: 2, expires_in: 3 } };
  }
}

/** The mailbox and the device that the notification of this number goes to, and no other. */
export function recipientsOf(number: string): readonly string[] {
  return [`soak-${number}@example.com`, `arn:aws:sns:us-east-1:000000000000:endpoint/GCM/roadtrip-dev/soak-${number}`];
}

function isKind(kind: string | undefined): kind is JobKind {
  return kind !== undefined && Object.hasOwn(mix, kind);
}
