import type { Submission } from '../../support/any-order/job-system.ts';
import { bookingRequest } from '../../support/booking-scene.ts';

/** Where a submission goes, and what is sent. */
export interface Request {
  readonly path: string;
  readonly scope: string;
  readonly body: object;
  readonly key?: string;
}

const app = 'jobs:read jobs:write';

const probed = ['booking', 'voice_synthesis', 'notifications', 'default', 'image_processing'];

/** The request for one submission, the same to the letter for the same one. `name` is in everything that others are asked for the job. */
export function requestFor(submission: Submission, name: string): Request {
  const { kind, priority, delay, expiresIn, key } = submission;
  const options = {
    ...(priority !== undefined && { priority }),
    ...(delay > 0 && { delay }),
    ...(expiresIn !== undefined && { expires_in: expiresIn }),
  };
  const number = Number(/\d+/.exec(name)?.[0] ?? 0);
  const keyed = key !== undefined && { key };
  const location = { latitude: 31 + (number % 170) / 10, longitude: -120 + (number % 430) / 10, name };
  const preferences = { length: 'short' };
  switch (kind) {
    case 'story':
    case 'narrated story': {
      const voice = kind === 'narrated story' && { include_voice: true };
      const body = { location, preferences, ...voice, ...options };
      return { path: '/jobs/story/generate', scope: app, body, ...keyed };
    }
    case 'narration':
      return { path: '/jobs/voice/synthesize', scope: app, body: { text: `${name}.`, ...options }, ...keyed };
    case 'booking': {
      const traveller = { name: 'Ada Example', email: addressOf(name, 'traveller') };
      const body = bookingRequest({ traveller, ...options });
      return { path: '/jobs/booking/process', scope: app, body, key: key ?? name };
    }
    case 'notification': {
      const recipients = recipientsOf(name).map((address) => ({ channel: 'email', address }));
      const body = { recipients, title: 'Your stories are ready', body: 'Twelve of them.', ...options };
      return { path: '/jobs/notification/send', scope: 'notifications:write', body, ...keyed };
    }
    case 'batch': {
      const routes = [{ origin: 'Tucumcari', destination: 'Amarillo, TX' }];
      const body = { routes, interests: [name], preferences, ...options };
      return { path: '/jobs/batch/stories', scope: app, body, ...keyed };
    }
    case 'probe':
      return { path: `/ops/queues/${probed[number % probed.length]}/probe`, scope: 'ops:write', body: {} };
  }
}

/** Who is written to by the notification of that name. */
export function recipientsOf(name: string): readonly string[] {
  return ['first', 'second'].map((who) => addressOf(name, who));
}

function addressOf(name: string, who: string): string {
  return `${who}-${name}@example.com`;
}
