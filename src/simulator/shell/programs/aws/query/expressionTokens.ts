/** The words of a JMESPath expression (jmespath/jmespath.py:jmespath/lexer.py). */
import { JsonError, parsePythonJson } from '../pythonJson';
import { pythonString } from '../pythonText';
import { badCharacters, ExpressionError, type Token } from './expressionError';

/** In the order in which they are tried; white space has no type. */
const patterns: readonly (readonly [RegExp, string | undefined])[] = [
  [/[ \t\n\r]+/y, undefined],
  [/[A-Za-z_]\w*/y, 'unquoted_identifier'],
  [/-?\d+/y, 'number'],
  [/\[\]/y, 'flatten'],
  [/\[\?/y, 'filter'],
  [/\[/y, 'lbracket'],
  [/\|\|/y, 'or'],
  [/\|/y, 'pipe'],
  [/&&/y, 'and'],
  [/&/y, 'expref'],
  [/<=/y, 'lte'],
  [/</y, 'lt'],
  [/>=/y, 'gte'],
  [/>/y, 'gt'],
  [/!=/y, 'ne'],
  [/!/y, 'not'],
  [/==/y, 'eq'],
  [/\./y, 'dot'],
  [/\*/y, 'star'],
  [/\]/y, 'rbracket'],
  [/,/y, 'comma'],
  [/:/y, 'colon'],
  [/@/y, 'current'],
  [/\(/y, 'lparen'],
  [/\)/y, 'rparen'],
  [/\{/y, 'lbrace'],
  [/\}/y, 'rbrace'],
];

/** Ends with a token of type `eof`. Throws {@link ExpressionError}. */
export function tokenize(expression: string): readonly Token[] {
  if (expression === '') throw new ExpressionError('Invalid JMESPath expression: cannot be empty.');
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    const found = quotedToken(expression, at) ?? plainToken(expression, at);
    if (found.token) tokens.push(found.token);
    at = found.end;
  }
  return [...tokens, { type: 'eof', value: '', start: expression.length }];
}

interface Found {
  readonly token: Token | undefined;
  readonly end: number;
}

function plainToken(expression: string, at: number): Found {
  for (const [pattern, type] of patterns) {
    pattern.lastIndex = at;
    const value = pattern.exec(expression)?.[0];
    if (value === undefined) continue;
    const end = at + value.length;
    return {
      token: type === undefined ? undefined : { type, value: shown(type, value), start: startOf(type, at, end) },
      end,
    };
  }
  const character = expression[at] as string;
  const isQuoted = character === '=' || character === '-';
  throw badCharacters(`Unknown token ${isQuoted ? `'${character}'` : character}`, at, expression);
}

function shown(type: string, value: string): string {
  return type === 'number' ? String(Number(value)) : value;
}

/** The reference says of `==` where it ends. */
function startOf(type: string, at: number, end: number): number {
  return type === 'eq' ? end - 1 : at;
}

/** A literal, a raw text or a quoted name. */
function quotedToken(expression: string, at: number): Found | undefined {
  const quote = expression[at] as string;
  if (!'`\'"'.includes(quote)) return undefined;
  let end = at + 1;
  while (expression[end] !== quote) {
    if (expression[end] === '\\') end++;
    if (end >= expression.length) throw badCharacters(`Unclosed ${quote} delimiter`, at, expression);
    end++;
  }
  const body = expression.slice(at + 1, end);
  return { token: { start: at, ...quotedValue(quote, body, at, expression) }, end: end + 1 };
}

function quotedValue(quote: string, body: string, at: number, expression: string): Omit<Token, 'start'> {
  if (quote === "'") return { type: 'literal', value: body.replaceAll("\\'", "'") };
  if (quote === '`') return { type: 'literal', value: literalValue(body.replaceAll('\\`', '`'), at, expression) };
  try {
    return { type: 'quoted_identifier', value: String(parsePythonJson(`"${body}"`)) };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw badCharacters(error.message.split(':')[0] ?? '', at, expression);
  }
}

/** JSON, or a text that lacks its quotes. */
function literalValue(text: string, at: number, expression: string): string {
  for (const json of [text, `"${text.trimStart()}"`]) {
    try {
      return pythonString(parsePythonJson(json));
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
    }
  }
  throw badCharacters(`Bad token ${text}`, at, expression);
}
