import { ports } from './ports.ts';
import type { TestOutcome } from './suites.ts';

/** Prints the table of docs/conformance.md: how many tests of each suite passed on what, and how many did not. */
export function printTable(here: readonly TestOutcome[], there: readonly TestOutcome[]): void {
  const suites = [...new Set([...ports, ...here].map(({ suite }) => suite))];
  console.log('| port | suite | fake | adapter or stand-in | DynamoDB Local |');
  console.log('| --- | --- | ---: | ---: | ---: |');
  for (const suite of suites) {
    const own = here.filter((test) => test.suite === suite);
    const cells = [
      own.filter(({ isOfFake }) => isOfFake),
      own.filter(({ isOfFake }) => !isOfFake),
      there.filter((test) => test.suite === suite && !test.isOfFake),
    ];
    console.log(`| ${[subjectOf(suite), suite, ...cells.map(countsOf)].join(' | ')} |`);
  }
}

function subjectOf(suite: string): string {
  const names = ports.filter((row) => row.suite === suite).map(({ port }) => port);
  return names.length > 0 ? [...new Set(names)].join(', ') : 'DynamoDB itself';
}

function countsOf(tests: readonly TestOutcome[]): string {
  const count = (wanted: TestOutcome['status']) => tests.filter(({ status }) => status === wanted).length;
  const [passed, failed] = [count('passed'), count('failed')];
  if (passed + failed === 0) return '';
  return failed > 0 ? `${passed}, ${failed} failed` : String(passed);
}
