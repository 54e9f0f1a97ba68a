/**
 * A value as JSON between tags whose end nothing in it can forge: how a prompt holds what comes from a traveller or a data set. The system
 * prompt says that such a block is data.
 */
export function dataBlock(name: string, value: unknown): string {
  return `<${name}>\n${JSON.stringify(value).replaceAll('<', String.raw`\u003c`)}\n</${name}>`;
}
