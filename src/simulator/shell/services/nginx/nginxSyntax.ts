/** nginx's configuration language ("Beginner's Guide: Configuration File's Structure"): simple directives end with `;`, blocks are in braces. */

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  /** The directives in its braces. */
  readonly block: readonly Directive[] | undefined;
  readonly file: string;
  readonly line: number;
}

/** What `nginx -t` prints behind `[emerg]`. */
export class ConfigError extends Error {}

interface Token {
  readonly text: string;
  readonly isPunctuation: boolean;
  readonly line: number;
}

/** Reads a file's text. Throws {@link ConfigError} in nginx's own words. */
export function parseNginx(text: string, file: string): readonly Directive[] {
  const tokens = tokenize(text);
  const lastLine = text.replace(/\n$/, '').split('\n').length;
  const reader = { tokens, index: 0, file, lastLine };
  const directives = readDirectives(reader, false);
  const stray = tokens[reader.index];
  if (stray) throw new ConfigError(`unexpected "}" in ${file}:${stray.line}`);
  return directives;
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  const pattern =
    /(\n)|#[^\n]*|([{};])|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|((?:\$\{\w+\}|[^\s{};"'#])[^\s{};]*)/g;
  for (const match of text.matchAll(pattern)) {
    const [whole, newline, punctuation, double, single, word] = match;
    if (newline) line++;
    else if (punctuation) tokens.push({ text: punctuation, isPunctuation: true, line });
    else if (!whole.startsWith('#')) tokens.push({ text: double ?? single ?? word ?? '', isPunctuation: false, line });
    if (!newline) line += whole.split('\n').length - 1;
  }
  return tokens;
}

interface TokenReader {
  readonly tokens: readonly Token[];
  index: number;
  readonly file: string;
  readonly lastLine: number;
}

function readDirectives(reader: TokenReader, isInner: boolean): readonly Directive[] {
  const directives: Directive[] = [];
  for (;;) {
    const token = reader.tokens[reader.index];
    if (!token) {
      if (isInner) throw new ConfigError(`unexpected end of file, expecting "}" in ${reader.file}:${reader.lastLine}`);
      return directives;
    }
    if (token.isPunctuation && token.text === '}') return directives;
    if (token.isPunctuation) throw new ConfigError(`unexpected "${token.text}" in ${reader.file}:${token.line}`);
    directives.push(readDirective(reader));
  }
}

function readDirective(reader: TokenReader): Directive {
  const { file } = reader;
  const { text: name, line } = reader.tokens[reader.index++] as Token;
  const args: string[] = [];
  for (;;) {
    const token = reader.tokens[reader.index++];
    if (!token) throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${reader.lastLine}`);
    if (!token.isPunctuation) {
      args.push(token.text);
      continue;
    }
    if (token.text === ';') return { name, args, block: undefined, file, line: token.line };
    if (token.text === '}') throw new ConfigError(`unexpected "}" in ${file}:${token.line}`);
    const block = readDirectives(reader, true);
    reader.index++;
    return { name, args, block, file, line };
  }
}
