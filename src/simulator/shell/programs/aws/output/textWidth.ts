/**
 * Blocks of characters that take two columns, first and last code point (Unicode Standard Annex #11, East Asian Width). The CLI counts those
 * of ambiguous width as wide too; of them the letters and signs that names are likely to have are here.
 */
const wideBlocks: readonly (readonly [number, number])[] = [
  [0xa7, 0xa8],
  [0xb0, 0xb4],
  [0xb6, 0xba],
  [0xbc, 0xbf],
  [0xd7, 0xd8],
  [0xde, 0xe1],
  [0xe8, 0xea],
  [0xec, 0xed],
  [0xf2, 0xf3],
  [0xf7, 0xfa],
  [0x300, 0x36f],
  [0x391, 0x3a9],
  [0x3b1, 0x3c9],
  [0x410, 0x44f],
  [0x1100, 0x115f],
  [0x2013, 0x2016],
  [0x2018, 0x2019],
  [0x201c, 0x201d],
  [0x2020, 0x2022],
  [0x2024, 0x2027],
  [0x2190, 0x2199],
  [0x2460, 0x24ff],
  [0x2500, 0x254b],
  [0x2605, 0x2606],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xe000, 0xfaff],
  [0xfe00, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];
const wideSingles =
  '\u00a1\u00a4\u00aa\u00ad\u00ae\u00c6\u00d0\u00e6\u00f0\u00fc\u00fe\u0401\u0451\u2010\u2030\u20ac\u2103\u2116\u2122';

/** Columns that a text takes in a table of the CLI. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character) ? 2 : 1;
  return width;
}

function isWide(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0xa1) return false;
  return wideSingles.includes(character) || wideBlocks.some(([first, last]) => first <= code && code <= last);
}
