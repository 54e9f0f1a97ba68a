import type { Job } from '../../shared/client/index.ts';

/** Shows how far a job is. */
export interface ProgressDisplay {
  show(job: Job): void;
  /** Nothing is shown any more; leaves the cursor on a new line. */
  end(): void;
}

const barWidth = 30;
const redrawMs = 100;

/** A bar that is drawn over itself with the seconds running on a terminal; one line for each change anywhere else. */
export function progressDisplay(output: NodeJS.WriteStream): ProgressDisplay {
  return output.isTTY ? liveBar(output) : plainLines(output);
}

function liveBar(output: NodeJS.WriteStream): ProgressDisplay {
  const startedAt = performance.now();
  let shown: Job | undefined;
  const draw = () => {
    if (shown === undefined) return;
    const full = Math.round((shown.progress / 100) * barWidth);
    const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    output.write(`\r\u001b[2K  ${bar} ${String(shown.progress).padStart(3)} %  ${shown.message}  ${seconds} s`);
  };
  const timer = setInterval(draw, redrawMs);
  return {
    show(job) {
      shown = job;
      draw();
    },
    end() {
      clearInterval(timer);
      if (shown !== undefined) output.write('\n');
    },
  };
}

function plainLines(output: NodeJS.WriteStream): ProgressDisplay {
  let last = '';
  return {
    show({ progress, message }) {
      const line = `  ${String(progress).padStart(3)} %  ${message}\n`;
      if (line !== last) output.write(line);
      last = line;
    },
    end() {},
  };
}
