/** One indented line for each entry, names to the left and what they mean beside them, however long the longest name is. */
export function twoColumns(entries: readonly (readonly [name: string, meaning: string])[]): string {
  const widest = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, meaning]) => `  ${name.padEnd(widest)}  ${meaning}`).join('\n');
}
