import { cpus } from 'node:os';

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent: told for information. */
  readonly target?: number;
  /** More is better; less is, otherwise. */
  readonly more?: boolean;
}

/** The figures as a table, each beside its target. */
export function printFigures(figures: readonly Figure[]): void {
  console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n`);
  console.log('| measure | value | target | |');
  console.log('|---|---:|---:|---|');
  for (const figure of figures) {
    const { name, value, unit, target, more = false } = figure;
    const goal = target === undefined ? '' : `${more ? '≥' : '≤'} ${target} ${unit}`;
    const met = target === undefined || (more ? value >= target : value <= target);
    console.log(`| ${name} | ${rounded(value)} ${unit} | ${goal} | ${met ? goal && 'met' : 'missed'} |`);
  }
}

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
