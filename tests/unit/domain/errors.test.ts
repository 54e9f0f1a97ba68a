import { describe, expect, it } from 'vitest';
import {
  AwaitingError,
  PermanentError,
  PostponedError,
  ThrottledError,
  TransientError,
} from '../../../shared/domain/errors.ts';

describe('an error of a job', () => {
  it.each([
    [() => new PermanentError('venue_full', 'no room'), 'PermanentError: no room', 'venue_full', 'never'],
    [() => new TransientError('timed_out', 'too slow'), 'TransientError: too slow', 'timed_out', 'later'],
    [() => new ThrottledError('slower'), 'ThrottledError: slower', 'throttled', 'throttled'],
    [() => new AwaitingError('a story'), 'AwaitingError: a story', 'awaiting_story', 'awaiting'],
    [() => new AwaitingError('parts', 'awaiting_journey'), 'AwaitingError: parts', 'awaiting_journey', 'awaiting'],
    [
      () => new PostponedError(Date.UTC(2026, 10, 25, 8)),
      'PostponedError: Postponed until 2026-11-25T08:00:00.000Z',
      'quiet_hours',
      'postponed',
    ],
  ])('reads in a log as what it is, and says whether trying again can help: %#', (makeError, text, code, retry) => {
    const error = makeError();
    expect(String(error)).toBe(text);
    expect(error).toMatchObject({ code, retry });
  });
});
