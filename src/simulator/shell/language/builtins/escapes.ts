import { byteInText } from '../../kernel/text';

/** Backslash escapes of `echo -e` and `printf` as bytes-by-character text; `stops` after `\c`. */
export function interpretEscapes(
  text: string,
  octalNeedsZero: boolean,
): { readonly text: string; readonly stops: boolean } {
  const simple: Readonly<Record<string, string>> = {
    a: '\x07',
    b: '\b',
    e: '\x1b',
    E: '\x1b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
    '\\': '\\',
  };
  let result = '';
  for (let index = 0; index < text.length; index++) {
    const rest = text.slice(index);
    if (!rest.startsWith('\\') || rest.length < 2) {
      result += text[index];
      continue;
    }
    if (rest[1] === 'c') return { text: result, stops: true };
    const octal = (octalNeedsZero ? /^\\0([0-7]{0,3})/ : /^\\0?([0-7]{1,3})/).exec(rest);
    const hex = /^\\x([0-9a-fA-F]{1,2})|^\\u([0-9a-fA-F]{1,4})|^\\U([0-9a-fA-F]{1,8})/.exec(rest);
    const code = octal ?? hex;
    if (code) {
      const digits = code.slice(1).find(group => group !== undefined) ?? '';
      const number = Number.parseInt(digits || '0', octal ? 8 : 16);
      const isByte = octal !== null || code[0][1] === 'x';
      result += isByte ? byteInText(number & 0xff) : String.fromCodePoint(Math.min(number, 0x10ffff));
      index += code[0].length - 1;
      continue;
    }
    const replacement = simple[rest[1] as string];
    result += replacement ?? rest.slice(0, 2);
    index++;
  }
  return { text: result, stops: false };
}
