import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../infra/commands/command-line.ts';
import { drainStage, resumeStage } from '../../../infra/commands/drain-stage.ts';
import { RefusedError } from '../../../infra/commands/stage-queues.ts';
import { AbortError } from '../../../shared/client/errors.ts';
import { scriptedStage } from '../../support/scripted-stage.ts';

/** The most urgent first, as the API lists them. */
const three = [{ queue: 'booking' }, { queue: 'ai_generation' }, { queue: 'analytics' }];

type Script = ReturnType<typeof scriptedStage>;

function optionsFor({ clock }: Script, own: { quietSeconds?: number; timeoutSeconds?: number } = {}) {
  const lines: string[] = [];
  const stop = new AbortController();
  const print = (line: string) => void lines.push(line);
  return { lines, stop, options: { quietSeconds: 60, timeoutSeconds: 210, clock, signal: stop.signal, print, ...own } };
}

function turnsOf({ turns }: Script): string[] {
  return turns.map(({ queue, to }) => `${to} ${queue}`);
}

describe('a drain', () => {
  it('pauses every queue, the least urgent first, and resumes none', async () => {
    const script = scriptedStage(three);
    await drainStage(script.stage, optionsFor(script).options);
    expect(turnsOf(script)).toEqual(['pause analytics', 'pause ai_generation', 'pause booking']);
    expect(script.states()).toEqual({ booking: 'paused', ai_generation: 'paused', analytics: 'paused' });
  });

  it('ends only when nothing has been in flight for the whole quiet time, counted from the last job', async () => {
    const script = scriptedStage([{ queue: 'booking' }, { queue: 'ai_generation', jobsEnd: [30, 75] }]);
    const { options } = optionsFor(script);
    const queues = await drainStage(script.stage, options);
    expect(queues.every(({ consumer, in_flight }) => consumer === 'paused' && in_flight === 0)).toBe(true);
    expect(script.seconds()).toBeGreaterThanOrEqual(75 + 60);
    expect(script.seconds()).toBeLessThan(75 + 60 + 10);
  });

  it('begins the quiet time anew when SQS tells late of a job in flight', async () => {
    const script = scriptedStage(three);
    const { options } = optionsFor(script);
    let toldAt = 0;
    script.beforeLook = () => {
      if (toldAt > 0 || script.seconds() < 40) return;
      toldAt = script.seconds();
      script.found('booking').jobsEnd.push(toldAt + 1);
    };
    await drainStage(script.stage, options);
    expect(script.seconds() - toldAt).toBeGreaterThanOrEqual(60);
  });

  it('does not take a queue for drained whose consumer has not stopped yet', async () => {
    const script = scriptedStage(three);
    await drainStage(script.stage, optionsFor(script, { quietSeconds: 0 }).options);
    expect(script.seconds()).toBeGreaterThanOrEqual(2);
    expect(Object.values(script.states())).toEqual(['paused', 'paused', 'paused']);
  });

  it('tells what is in flight when that changes, and is never silent for much longer than ten seconds', async () => {
    const script = scriptedStage([{ queue: 'ai_generation', jobsEnd: [40, 80] }]);
    const { lines, options } = optionsFor(script, { quietSeconds: 30 });
    await drainStage(script.stage, options);
    expect(lines[0]).toBe('   0 s  pausing ai_generation');
    expect(lines[1]).toBe('   0 s  in flight: ai_generation 2; not paused yet: ai_generation (pausing)');
    expect(lines).toContain('   3 s  in flight: ai_generation 2');
    expect(lines).toContain('  42 s  in flight: ai_generation 1');
    expect(lines.at(-1)).toContain('nothing in flight; it must stay so for 30 s');
    const times = lines.map((line) => Number.parseInt(line, 10));
    const silences = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...silences)).toBeLessThanOrEqual(12);
  });

  it('heeds Retry-After where a consumer is being changed', async () => {
    const script = scriptedStage([{ queue: 'booking', changingUntil: 8 }]);
    const { lines, options } = optionsFor(script, { quietSeconds: 0 });
    await drainStage(script.stage, options);
    expect(script.turns.map(({ at }) => at)).toEqual([0, 5, 10]);
    expect(lines).toContain('   0 s  the consumer of booking is being changed; asked again in 5 s');
  });

  it('asks for a pause of a queue that was paused before too, so that no remediation ends it', async () => {
    const script = scriptedStage([{ queue: 'booking' }, { queue: 'analytics', consumer: 'paused' }]);
    const { lines, options } = optionsFor(script);
    await drainStage(script.stage, options);
    expect(turnsOf(script)).toEqual(['pause analytics', 'pause booking']);
    expect(lines[0]).toContain('analytics was paused before, and stays so');
  });
});

describe('a drain that does not end', () => {
  const stuck = [
    { queue: 'booking', jobsEnd: [9_999] },
    { queue: 'analytics', consumer: 'paused' as const },
  ];

  it('says at its time-out what still runs, and resumes what it has paused and nothing else', async () => {
    const script = scriptedStage(stuck);
    const { lines, options } = optionsFor(script, { timeoutSeconds: 100 });
    const error: unknown = await drainStage(script.stage, options).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: 'Not done within 100 s: in flight: booking 1.', exitCode: 1 });
    expect(script.seconds()).toBeLessThan(105);
    expect(turnsOf(script)).toEqual(['pause analytics', 'pause booking', 'resume booking']);
    expect(script.states()).toMatchObject({ analytics: 'paused' });
    expect(lines.at(-1)).toBe('All of them are resumed.');
  });

  it('resumes what it has paused and nothing else when it is stopped while it waits', async () => {
    const script = scriptedStage(stuck);
    const { stop, options } = optionsFor(script);
    script.beforeLook = (look) => look === 4 && stop.abort();
    await expect(drainStage(script.stage, options)).rejects.toThrow(AbortError);
    expect(turnsOf(script)).toEqual(['pause analytics', 'pause booking', 'resume booking']);
  });

  it('resumes only the queues that it has come to when it is stopped while it pauses', async () => {
    const script = scriptedStage(three);
    const { stop, options } = optionsFor(script);
    script.beforeTurn = (queue) => queue === 'ai_generation' && stop.abort();
    await expect(drainStage(script.stage, options)).rejects.toThrow(AbortError);
    const resumed = ['resume ai_generation', 'resume analytics'];
    expect(turnsOf(script)).toEqual(['pause analytics', 'pause ai_generation', ...resumed]);
  });

  it('gives up at its time-out on a consumer that somebody else goes on changing', async () => {
    const script = scriptedStage([{ queue: 'booking', changingUntil: 30 }]);
    const { options } = optionsFor(script, { timeoutSeconds: 20 });
    await expect(drainStage(script.stage, options)).rejects.toThrow(
      'Not done within 20 s: the consumer of booking is being changed.',
    );
    expect(script.states()).toEqual({ booking: 'running' });
  });

  it('leaves alone a queue whose pause was refused', async () => {
    const script = scriptedStage(three);
    const { options } = optionsFor(script);
    script.beforeTurn = (queue, to) => {
      if (queue === 'ai_generation' && to === 'pause') throw new RefusedError('no');
    };
    await expect(drainStage(script.stage, options)).rejects.toThrow('no');
    expect(turnsOf(script)).toEqual(['pause analytics', 'resume analytics']);
  });

  it('ends with an error when somebody resumes a queue meanwhile, and does not pause it again', async () => {
    const script = scriptedStage(three);
    const { options } = optionsFor(script);
    script.beforeLook = (look) => {
      if (look === 5) script.found('booking').consumer = 'running';
    };
    await expect(drainStage(script.stage, options)).rejects.toThrow(
      'Not drained: booking was paused and is running now; somebody has resumed it.',
    );
    expect(turnsOf(script).filter((turn) => turn === 'pause booking')).toHaveLength(1);
  });

  it('names the queues that it could not resume, and resumes the others', async () => {
    const script = scriptedStage([{ queue: 'booking', jobsEnd: [9_999] }, { queue: 'analytics' }]);
    const { lines, options } = optionsFor(script, { timeoutSeconds: 10 });
    script.beforeTurn = (queue, to) => {
      if (queue === 'booking' && to === 'resume') throw new CommandError('the API does not answer');
    };
    await expect(drainStage(script.stage, options)).rejects.toThrow('Not done within 10 s');
    expect(lines).toContain('booking is not resumed: the API does not answer');
    expect(lines.at(-1)).toBe('Perhaps paused still: booking. Use --resume.');
    expect(turnsOf(script)).toContain('resume analytics');
  });
});

describe('a resumption', () => {
  it('resumes every queue that is paused, the most urgent first, and waits until all run', async () => {
    const script = scriptedStage([
      { queue: 'booking', consumer: 'paused' },
      { queue: 'ai_generation' },
      { queue: 'analytics', consumer: 'paused', changingUntil: 3 },
    ]);
    const { options } = optionsFor(script);
    expect(await resumeStage(script.stage, options)).toEqual(['booking', 'analytics']);
    expect(turnsOf(script)).toEqual(['resume booking', 'resume analytics', 'resume analytics']);
    expect(Object.values(script.states())).toEqual(['running', 'running', 'running']);
  });

  it('of a stage that runs does nothing', async () => {
    const script = scriptedStage(three);
    expect(await resumeStage(script.stage, optionsFor(script).options)).toEqual([]);
    expect(script.turns).toEqual([]);
  });
});
