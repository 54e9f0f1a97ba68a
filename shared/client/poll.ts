import { ask, type Connection } from './ask.ts';
import type { Follower } from './follower.ts';
import { hasEnded, type Job } from './job.ts';
import { statusPath } from './paths.ts';
import { isJob } from './read-job.ts';
import { wait } from './wait.ts';

/** Seconds between two looks when an answer does not say when to look again. */
const otherwiseSeconds = 2;

/** Follows a job by asking for it as often as the server's Retry-After allows; what has not changed is not sent again (ETag, 304). */
export function pollingFollower(connection: Connection): Follower {
  return async ({ jobId, firstLookAfter, pollInterval, onChange, signal }) => {
    const { clock } = connection.platform;
    let knownEtag: string | undefined;
    let pause = firstLookAfter;
    for (;;) {
      await wait(clock, pause, signal);
      const answer = await ask(connection, {
        method: 'GET',
        path: statusPath(jobId),
        needsToken: true,
        isBody: isJobOrUnchanged,
        knownEtag,
        signal,
      });
      if (answer.body) {
        onChange(answer.body);
        if (hasEnded(answer.body)) return answer.body;
        knownEtag = answer.etag;
      }
      pause = Math.max(pollInterval, answer.retryAfter ?? otherwiseSeconds);
    }
  };
}

function isJobOrUnchanged(body: unknown): body is Job | undefined {
  return body === undefined || isJob(body);
}
