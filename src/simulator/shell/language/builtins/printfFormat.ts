import { quoteIfNeeded } from '../../../../base/shellQuoting';
import { interpretEscapes } from './escapes';

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

const directivePattern = /%(?:%|([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:hh|h|ll|l|L|q|j|z|t)?([diouxXeEfFgGcsbq]))/g;

/** printf(1): the format is used again while arguments are left. */
export function formatText(
  format: string,
  values: readonly string[],
): { readonly text: string; readonly complaints: readonly string[] } {
  const complaints: string[] = [];
  const queue = [...values];
  let text = '';
  do {
    const before = queue.length;
    const round = formatOnce(format, queue, complaints);
    text += round.text;
    if (round.stops || queue.length === before) break;
  } while (queue.length > 0);
  return { text, complaints };
}

function formatOnce(format: string, queue: string[], complaints: string[]): { text: string; stops: boolean } {
  let text = '';
  let end = 0;
  for (const match of format.matchAll(directivePattern)) {
    const literal = interpretEscapes(format.slice(end, match.index), false);
    text += literal.text;
    if (literal.stops) return { text, stops: true };
    end = match.index + match[0].length;
    if (match[0] === '%%') text += '%';
    else {
      const result = convert(readDirective(match, queue), queue.shift(), complaints);
      text += result.text;
      if (result.stops) return { text, stops: true };
    }
  }
  const rest = interpretEscapes(format.slice(end), false);
  return { text: text + rest.text, stops: rest.stops };
}

function readDirective(match: RegExpMatchArray, queue: string[]): Directive {
  const number = (text: string | undefined) => (text === '*' ? Number(queue.shift() ?? 0) : Number(text ?? 0));
  const width = number(match[2]);
  const hasPrecision = match[0].includes('.');
  const precision = hasPrecision ? number(match[3]) : undefined;
  const flags = (match[1] ?? '') + (width < 0 ? '-' : '');
  return { flags, width: Math.abs(width), precision, conversion: match[4] as string };
}

function convert(
  directive: Directive,
  value: string | undefined,
  complaints: string[],
): { text: string; stops: boolean } {
  const text = value ?? '';
  switch (directive.conversion) {
    case 's':
      return { text: pad(text.slice(0, directive.precision), directive), stops: false };
    case 'c':
      return { text: pad(text.slice(0, 1), directive), stops: false };
    case 'q':
      return { text: pad(text === '' ? "''" : quoteIfNeeded(text), directive), stops: false };
    case 'b': {
      const result = interpretEscapes(text, true);
      return { text: pad(result.text, directive), stops: result.stops };
    }
    default:
      return { text: formatNumber(directive, text, complaints), stops: false };
  }
}

function formatNumber(directive: Directive, text: string, complaints: string[]): string {
  const value = readNumber(text);
  if (value === undefined) complaints.push(`${text}: invalid number`);
  const number = value ?? 0;
  const isInteger = 'diouxX'.includes(directive.conversion);
  const digits = isInteger ? integerDigits(directive, number) : floatDigits(directive, Math.abs(number));
  const isNegative = number < 0 && !'ouxX'.includes(directive.conversion);
  const sign = isNegative ? '-' : directive.flags.includes('+') ? '+' : directive.flags.includes(' ') ? ' ' : '';
  if (!directive.flags.includes('0') || directive.flags.includes('-')) return pad(sign + digits, directive);
  return sign + digits.padStart(directive.width - sign.length, '0');
}

function readNumber(text: string): number | undefined {
  if (text === '') return 0;
  if (/^["']/.test(text)) return text.codePointAt(1) ?? 0;
  if (/^[+-]?0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}

function integerDigits(directive: Directive, number: number): string {
  const whole = BigInt(Math.trunc(number));
  const magnitude = 'ouxX'.includes(directive.conversion) ? BigInt.asUintN(64, whole) : whole < 0n ? -whole : whole;
  const base = directive.conversion === 'o' ? 8 : directive.conversion.toLowerCase() === 'x' ? 16 : 10;
  const digits = magnitude.toString(base).padStart(directive.precision ?? 1, '0');
  const prefix = directive.flags.includes('#') && magnitude !== 0n ? (base === 16 ? '0x' : base === 8 ? '0' : '') : '';
  return directive.conversion === 'X' ? (prefix + digits).toUpperCase() : prefix + digits;
}

function floatDigits(directive: Directive, magnitude: number): string {
  const precision = directive.precision ?? 6;
  const lower = directive.conversion.toLowerCase();
  if (lower === 'f') return magnitude.toFixed(precision);
  if (lower === 'e') return magnitude.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
  return String(Number(magnitude.toPrecision(precision || 1)));
}

function pad(text: string, directive: Directive): string {
  return directive.flags.includes('-') ? text.padEnd(directive.width) : text.padStart(directive.width);
}
