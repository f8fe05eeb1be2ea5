/** How a text is written in YAML: plain, or in quotes where it would be misread, folded beyond column 80 (yaml/libyaml:src/emitter.c). */

const bestWidth = 80;

/** Plain texts that mean something else (YAML 1.2.2 §10.2, and what ruamel.yaml still resolves). */
const otherMeanings: readonly RegExp[] = [
  /^(?:~|null|Null|NULL|)$/,
  /^(?:true|True|TRUE|false|False|FALSE)$/,
  /^[-+]?(?:\d[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?|\d[\d_]*[eE][-+]?\d+|\.[\d_]+(?:[eE][-+]\d+)?|\.(?:inf|Inf|INF))$/,
  /^\.(?:nan|NaN|NAN)$/,
  /^[-+]?(?:0b[01_]+|0o?[0-7_]+|\d[\d_]*|0x[\da-fA-F_]+)$/,
  /^\d{4}-\d\d-\d\d$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
  /^(?:<<|=)$/,
];

/** What the emitter takes for printable: no control characters but the line feed, nothing beyond the basic plane. */
const printable = /^[\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;
const indicatorFirst = /^[#,[\]{}&*!|>'"%@`]|^[?:-](?:\s|$)|^(?:---|\.\.\.)/;
const indicatorInside = /:(?:\s|$)|\s#/;

/** `column` is where the text begins, `indent` where its further lines do. */
export function yamlScalar(text: string, column: number, indent: number): string {
  if (!printable.test(text) || /[\n] | [\n]/.test(text)) return doubleQuoted(text, column, indent);
  const isPlain =
    !/^[ \n]|[ \n]$|\n/.test(text) &&
    !indicatorFirst.test(text) &&
    !indicatorInside.test(text) &&
    !otherMeanings.some(pattern => pattern.test(text));
  return isPlain ? folded(text, column, indent) : singleQuoted(text, column, indent);
}

/** Breaks at single spaces once the line is long enough. */
function folded(text: string, startColumn: number, indent: number): string {
  let column = startColumn;
  let result = '';
  for (const [index, character] of [...text].entries()) {
    const isSingleSpace = character === ' ' && text[index - 1] !== ' ' && text[index + 1] !== ' ';
    const isInside = index > 0 && index < text.length - 1;
    if (isSingleSpace && isInside && column > bestWidth) {
      result += `\n${' '.repeat(indent)}`;
      column = indent;
    } else {
      result += character;
      column++;
    }
  }
  return result;
}

/** Line feeds are doubled and quotes too. */
function singleQuoted(text: string, startColumn: number, indent: number): string {
  const margin = ' '.repeat(indent);
  const [first = '', ...others] = text.split('\n');
  const lines = [folded(first.replaceAll("'", "''"), startColumn + 1, indent)];
  for (const line of others)
    lines.push(line === '' ? '' : `${margin}${folded(line.replaceAll("'", "''"), indent, indent)}`);
  if (others.at(-1) === '') lines[lines.length - 1] = margin;
  return `'${joinBreaks(lines)}'`;
}

/** A run of n line feeds is written as n + 1. */
function joinBreaks(lines: readonly string[]): string {
  return lines
    .map((line, index) => {
      if (index === 0) return line;
      const followsText = index === 1 || lines[index - 1] !== '';
      return `${followsText ? '\n\n' : '\n'}${line}`;
    })
    .join('');
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
};

function doubleQuoted(text: string, startColumn: number, indent: number): string {
  let column = startColumn + 1;
  let result = '';
  const characters = [...text];
  for (const [index, character] of characters.entries()) {
    const isInside = index > 0 && index < characters.length - 1;
    if (character === ' ' && characters[index - 1] !== ' ' && isInside && column > bestWidth) {
      result += `\n${' '.repeat(indent)}${characters[index + 1] === ' ' ? '\\' : ''}`;
      column = indent;
      continue;
    }
    const written = escaped(character);
    result += written;
    column += written.length;
  }
  return `"${result}"`;
}

function escaped(character: string): string {
  const letter = escapes[character];
  if (letter !== undefined) return `\\${letter}`;
  if (printable.test(character)) return character;
  const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (digits.length <= 2) return `\\x${digits.padStart(2, '0')}`;
  return digits.length <= 4 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
