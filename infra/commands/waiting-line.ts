/** One line that tells what is waited for. */
export interface WaitingLine {
  show(what: string, seconds: number): void;
  /** Makes room for another line. */
  clear(): void;
}

const plainEverySeconds = 10;

/** Drawn over itself on a terminal; elsewhere one line for each ten seconds of waiting. */
export function waitingLine(output: NodeJS.WriteStream): WaitingLine {
  let told = '';
  return {
    show(what, seconds) {
      if (output.isTTY) {
        output.write(`\r\u001b[2K  ${what} … ${Math.floor(seconds)} s`);
        return;
      }
      const tens = Math.floor(seconds / plainEverySeconds) * plainEverySeconds;
      const line = `  ${what} … ${tens} s\n`;
      if (tens > 0 && line !== told) output.write(line);
      told = line;
    },
    clear() {
      if (output.isTTY) output.write('\r\u001b[2K');
    },
  };
}
