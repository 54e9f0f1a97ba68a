import { invalid } from './failure.ts';

/** sign × 0.digits × 10^exponent, digits without leading or trailing zeros; zero has no digits. */
interface Decimal {
  readonly sign: 1 | -1;
  readonly digits: string;
  readonly exponent: number;
}

const smallInteger = /^(?:0|-?[1-9]\d{0,14})$/;

/**
 * The plain decimal notation in which DynamoDB returns a number ("1e3" becomes "1000"). Equal numbers have equal notations.
 * Throws ValidationException over 38 significant digits or outside 1E-130 … 9.99E+125.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number
 */
export function canonicalNumber(text: string): string {
  if (smallInteger.test(text)) return text;
  const { sign, digits, exponent } = parseDecimal(text);
  if (digits === '') return '0';
  const whole = exponent > 0 ? digits.slice(0, exponent).padEnd(exponent, '0') : '0';
  const fraction = exponent > 0 ? digits.slice(exponent) : '0'.repeat(-exponent) + digits;
  return `${sign < 0 ? '-' : ''}${whole}${fraction && '.'}${fraction}`;
}

/** Exact sum of two canonical numbers, itself canonical. */
export function addNumbers(left: string, right: string): string {
  if (smallInteger.test(left) && smallInteger.test(right)) return String(Number(left) + Number(right));
  const terms = [left, right].map(parseDecimal);
  const scale = Math.min(...terms.map((term) => term.exponent - term.digits.length));
  const scaled = terms.map(({ sign, digits, exponent }) => {
    const power = BigInt(exponent - digits.length - scale);
    return BigInt(sign) * BigInt(digits || '0') * 10n ** power;
  });
  return canonicalNumber(`${scaled.reduce((sum, term) => sum + term, 0n)}e${scale}`);
}

/** Of a canonical number, canonical again. */
export function negateNumber(number: string): string {
  return number === '0' ? number : number.startsWith('-') ? number.slice(1) : `-${number}`;
}

/** Bytes whose unsigned order is the numeric order, so that SQLite sorts number keys without knowing them. */
export function encodeNumber(number: string): Buffer {
  const { sign, digits, exponent } = parseDecimal(number);
  if (digits === '') return Buffer.from([1]);
  const magnitude = [exponent + 129, ...[...digits].map((digit) => Number(digit) + 1)];
  // A negative number is the complement, closed by 255 because a longer magnitude must sort lower.
  return sign > 0 ? Buffer.from([2, ...magnitude]) : Buffer.from([0, ...magnitude.map((byte) => 255 - byte), 255]);
}

/** Below 0, 0 or above 0, as `sort` wants it; exact for all 38 digits. */
export function compareNumbers(left: string, right: string): number {
  if (smallInteger.test(left) && smallInteger.test(right)) return Number(left) - Number(right);
  return Buffer.compare(encodeNumber(left), encodeNumber(right));
}

/**
 * What a number counts towards the size of its item: a byte for two digits, one more, and one for a sign.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function numberBytes(number: string): number {
  const digits = number.replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
  return Math.ceil(digits.length / 2) + 1 + (number.startsWith('-') ? 1 : 0);
}

function parseDecimal(text: string): Decimal {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  const [, sign, whole = '', fraction = '', power = '0'] = match ?? [];
  const all = whole + fraction;
  if (!match || all === '') throw invalid(`The parameter cannot be converted to a numeric value: ${text}`);
  const significant = all.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return { sign: 1, digits, exponent: 0 };
  const exponent = whole.length - (all.length - significant.length) + Number(power);
  if (digits.length > 38) throw invalid('Attempting to store more than 38 significant digits in a Number');
  if (exponent > 126 || exponent < -129) {
    throw invalid(`Number ${exponent > 0 ? 'overflow' : 'underflow'}. The magnitude is outside the supported range`);
  }
  return { sign: sign === '-' ? -1 : 1, digits, exponent };
}
