export interface ParsedFamily {
  readonly name: string;
  readonly type: string;
  readonly unit: string | undefined;
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const metadata = /^# (TYPE|UNIT|HELP) ([a-zA-Z_:][\w:]*) (.*)$/;
const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;
const number = /^-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|Inf|NaN)$/i;

/**
 * The families of an OpenMetrics text, of the types that we use. Throws for whatever the specification forbids: no end, a line that is none,
 * metadata late, twice or out of order, families or samples that repeat, a name without its unit, a quantile that is none.
 * https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md
 */
export function parseOpenMetrics(text: string): readonly ParsedFamily[] {
  if (!text.endsWith('\n# EOF\n')) throw new Error('The text does not end with # EOF');
  const families = new Map<string, ParsedFamily & { samples: ParsedFamily['samples'][number][] }>();
  let current = '';
  for (const line of text.slice(0, -'# EOF\n'.length).trimEnd().split('\n')) {
    const [, keyword, named = '', rest = ''] = metadata.exec(line) ?? [];
    if (keyword === 'TYPE') {
      if (families.has(named)) throw new Error(`The family ${named} comes twice`);
      if (!['gauge', 'summary'].includes(rest)) throw new Error(`The type ${rest} is not known here`);
      families.set(named, { name: named, type: rest, unit: undefined, samples: [] });
      current = named;
      continue;
    }
    const family = families.get(current);
    if (!family) throw new Error(`Before the first family: ${line}`);
    if (keyword !== undefined) {
      if (named !== current || family.samples.length > 0) throw new Error(`Metadata out of place: ${line}`);
      if (keyword === 'UNIT' && !named.endsWith(`_${rest}`)) throw new Error(`${named} does not end with its unit`);
      if (keyword === 'UNIT') families.set(current, { ...family, unit: rest });
      continue;
    }
    family.samples.push(sampleOf(line, family));
  }
  return [...families.values()];
}

function sampleOf(line: string, { name, type, samples }: ParsedFamily): ParsedFamily['samples'][number] {
  const [, named, labelText = '', value = ''] = sample.exec(line) ?? [];
  if (named !== name) throw new Error(`Not a sample of ${name}: ${line}`);
  if (!number.test(value)) throw new Error(`Not a number: ${line}`);
  const labels = labelsOf(labelText);
  const quantile = Number(labels.quantile);
  if (type === 'summary' && !(quantile >= 0 && quantile <= 1)) throw new Error(`Not a quantile: ${line}`);
  if (type === 'summary' && Number(value) < 0) throw new Error(`A negative duration: ${line}`);
  if (samples.some((other) => JSON.stringify(other.labels) === JSON.stringify(labels)))
    throw new Error(`Twice: ${line}`);
  return { labels, value: Number(value) };
}

function labelsOf(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  label.lastIndex = 0;
  while (label.lastIndex < text.length) {
    const at = label.lastIndex;
    const [, name, value = ''] = label.exec(text) ?? [];
    if (name === undefined || name in labels) throw new Error(`Wrong labels from ${text.slice(at)}`);
    labels[name] = value;
  }
  return labels;
}
