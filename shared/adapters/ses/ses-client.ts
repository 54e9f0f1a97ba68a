import { SESv2Client } from '@aws-sdk/client-sesv2';
import { requestLimits } from '../request-limits.ts';

/** One client a function. It asks once: a mail that nobody confirmed would be sent again otherwise. */
export function createSesClient(): SESv2Client {
  return new SESv2Client({ maxAttempts: 1, requestHandler: requestLimits(1_000, 10_000) });
}
