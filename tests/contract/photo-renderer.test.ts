import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { ForkedRenderer } from '../../shared/adapters/sharp/forked-renderer.ts';

const root = join(import.meta.dirname, '../..');
const realScript = join(root, 'shared/adapters/sharp/renderer-process.ts');
const stubbornScript = join(root, 'tests/support/stubborn-renderer.mjs');
const folder = mkdtempSync(join(tmpdir(), 'renderer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const photo = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#204060' } })
  .jpeg()
  .toBuffer();

const stubborn = (environment: Record<string, string>) => new ForkedRenderer({ script: stubbornScript, environment });
const running = () => new AbortController().signal;

describe('the renderer of photos', () => {
  it('renders one photo after another', async () => {
    const renderer = new ForkedRenderer({ script: realScript, environment: {} });
    for (let times = 0; times < 2; times++) {
      const { renditions, ...rest } = await renderer.render(photo, running());
      expect(rest).toMatchObject({ format: 'jpeg', width: 30, height: 20, origin: {} });
      expect(renditions.thumbnail).toMatchObject({ width: 30, height: 20 });
    }
  });

  it('refuses a file for good, with the reason', async () => {
    const renderer = new ForkedRenderer({ script: realScript, environment: {} });
    const refusal = renderer.render(photo.subarray(0, 200), running());
    await expect(refusal).rejects.toMatchObject({ code: 'image_corrupt', retry: 'never' });
  });

  it('is killed when the signal aborts, whatever it is doing', async () => {
    const pidFile = join(folder, 'pid');
    const control = new AbortController();
    const rendering = stubborn({ PID_FILE: pidFile }).render(photo, control.signal);
    await vi.waitUntil(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8') !== '');
    const pid = Number(readFileSync(pidFile, 'utf8'));
    control.abort('cancel');
    await expect(rendering).rejects.toThrow();
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
  });

  it('does not start for a signal that has aborted', async () => {
    await expect(stubborn({}).render(photo, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  it('that crashes, or answers nonsense, is worth another attempt', async () => {
    const crash = stubborn({ BEHAVIOUR: 'crash' }).render(photo, running());
    await expect(crash).rejects.toMatchObject({ code: 'image_renderer_failed', retry: 'later' });
    await expect(crash).rejects.toThrow(/SIGSEGV.*bus error/);
    const lie = stubborn({ BEHAVIOUR: 'lie' }).render(photo, running());
    await expect(lie).rejects.toThrow('width');
  });

  it('knows nothing of our environment, where the credentials are', async () => {
    const told = stubborn({ BEHAVIOUR: 'tell' }).render(photo, running());
    await expect(told).rejects.toThrow(/^(NODE_CHANNEL_\w+,?)*BEHAVIOUR|^BEHAVIOUR/);
    await expect(told).rejects.not.toThrow(/AWS|HOME|PATH/);
  });

  it('ends when its parent is gone', async () => {
    const child = fork(realScript, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.disconnect();
    const [, killedBy] = await once(child, 'exit');
    expect(killedBy).toBe('SIGKILL');
  });
});
