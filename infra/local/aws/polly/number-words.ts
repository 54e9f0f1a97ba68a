const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = '  twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const scales = [
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand'],
  [100, 'hundred'],
] as const;

/** 1234 as "one thousand two hundred thirty four". From a trillion on, digit by digit. */
export function cardinal(number: number): string {
  if (number >= 1e12) {
    return digits(String(number));
  }
  const scale = scales.find(([size]) => number >= size);
  if (scale !== undefined) {
    const [size, name] = scale;
    return `${cardinal(Math.floor(number / size))} ${name}${following(number % size)}`;
  }
  return number < 20 ? (ones[number] ?? '') : `${tens[Math.floor(number / 10)]}${following(number % 10)}`;
}

/** Years and roads: 1934 as "nineteen thirty four", 1906 as "nineteen oh six", 2005 as "two thousand five", 101 as "one oh one". */
export function inPairs(number: number): string {
  const rest = number % 100;
  if (number < 100 || number % 1000 < 10) {
    return cardinal(number);
  }
  return `${cardinal(Math.floor(number / 100))} ${rest === 0 ? 'hundred' : twoDigits(rest)}`;
}

/** The last two figures of a time, a year or a road: 6 as "oh six". */
export function twoDigits(number: number): string {
  return number < 10 ? `oh ${cardinal(number)}` : cardinal(number);
}

const irregular: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** 21 as "twenty first". */
export function ordinal(number: number): string {
  return cardinal(number).replace(/\w+$/, (last) => irregular[last] ?? `${last.replace(/y$/, 'ie')}th`);
}

/** Each figure by its name. */
export function digits(text: string): string {
  return [...text].map((digit) => ones[Number(digit)]).join(' ');
}

function following(rest: number): string {
  return rest > 0 ? ` ${cardinal(rest)}` : '';
}
