/** `--output table` (aws/aws-cli:awscli/formatter.py, awscli/table.py). */
import { pythonString } from '../pythonText';
import { isList, isScalar, isStructure, type PlainStructure, type PlainValue } from './plainValue';
import { TableSection } from './tableSection';
import { textWidth } from './textWidth';

export interface TableStyle {
  /** Tables wider than the terminal get their single rows upright. */
  readonly terminalWidth: number;
  readonly isColoured: boolean;
}

/** Empty for a value that has nothing in it. */
export function tableText(title: string, value: PlainValue, style: TableStyle): string {
  const sections: TableSection[] = [];
  addValue(sections, title, value, 0);
  if (sections.length === 0) return '';
  const isTooWide = widthOf(sections) > style.terminalWidth;
  const shown = isTooWide ? sections.map(section => section.upright()) : sections;
  const width = widthOf(shown);
  return `${'-'.repeat(width)}\n${shown.map(section => sectionText(section, width, style.isColoured)).join('')}`;
}

function widthOf(sections: readonly TableSection[]): number {
  return Math.max(...sections.map(({ totalWidth }) => totalWidth));
}

function isEmpty(value: PlainValue): boolean {
  if (isList(value)) return value.length === 0;
  return isStructure(value) ? Object.keys(value).length === 0 : !value;
}

function addValue(sections: TableSection[], title: string | undefined, value: PlainValue, level: number): void {
  if (isEmpty(value)) return;
  if (title !== undefined) sections.push(new TableSection(title, level));
  if (isStructure(value)) addStructure(sections, value, level);
  else if (isList(value)) addList(sections, value, title ?? '', level);
}

function addList(sections: TableSection[], items: readonly PlainValue[], title: string, level: number): void {
  if (isStructure(items[0])) {
    addStructures(sections, items.filter(isStructure), title, level);
    return;
  }
  for (const item of items) {
    if (isList(item) && !item.every(isScalar)) addValue(sections, undefined, item, 0);
    else sections.at(-1)?.addRow((isList(item) ? item : [item]).map(pythonString));
  }
}

function addStructure(sections: TableSection[], value: PlainStructure, level: number): void {
  const { scalars, nested } = keysOf([value]);
  const section = sections.at(-1);
  const cells = scalars.map(key => pythonString(value[key]));
  if (scalars.length === 1) section?.addRow([scalars[0] ?? '', ...cells]);
  else if (scalars.length > 0) {
    section?.setHeaders(scalars);
    section?.addRow(cells);
  }
  for (const key of nested) addValue(sections, key, value[key] ?? null, level + 1);
}

function addStructures(sections: TableSection[], items: readonly PlainStructure[], title: string, level: number): void {
  const { scalars, nested } = keysOf(items);
  for (const [index, item] of items.entries()) {
    if (index > 0 && nested.length > 0) sections.push(new TableSection(title, level));
    if (index === 0 || nested.length > 0) sections.at(-1)?.setHeaders(scalars);
    sections.at(-1)?.addRow(scalars.map(key => pythonString(item[key] === undefined ? '' : item[key])));
    for (const key of nested) addValue(sections, key, item[key] ?? null, level + 1);
  }
}

function keysOf(items: readonly PlainStructure[]): { scalars: readonly string[]; nested: readonly string[] } {
  const keys = (wanted: boolean) =>
    [...new Set(items.flatMap(item => Object.keys(item).filter(key => isScalar(item[key]) === wanted)))].sort();
  return { scalars: keys(true), nested: keys(false) };
}

function sectionText(section: TableSection, fullWidth: number, isColoured: boolean): string {
  const width = fullWidth - 2 * section.level;
  const bar = (isColoured ? dimmed('|') : '|').repeat(section.level);
  const lines = [
    ...titleLines(section, width),
    ...headerLines(section, width),
    ...rowLines(section, width, isColoured ? blue : text => text),
  ];
  return lines.map(line => `${bar}${line}${bar}\n`).join('');
}

function titleLines(section: TableSection, width: number): readonly string[] {
  if (section.title === '') return [];
  const isAlone = section.headers.length === 0 && section.rows.length === 0;
  return [centred(section.title, width, '|'), ...(isAlone ? [`+${'-'.repeat(width - 2)}+`] : [])];
}

function headerLines(section: TableSection, width: number): readonly string[] {
  if (section.headers.length === 0) return [];
  const widths = section.columnWidths(width);
  const cells = section.headers.map((header, index) => centred(header, widths[index] ?? 0, index === 0 ? '|' : ''));
  return [lineBreak(widths), cells.join('')];
}

function rowLines(section: TableSection, width: number, style: (text: string) => string): readonly string[] {
  const widths = section.columnWidths(width);
  if (section.rows.length === 0 || widths.length === 0) return [];
  const rows = section.rows.map(row =>
    row.map((cell, index) => aligned(cell, widths[index] ?? 0, index === 0 ? '|' : '', style)).join(''),
  );
  return [lineBreak(widths), ...rows, lineBreak(widths)];
}

function lineBreak(widths: readonly number[]): string {
  return widths.map((width, index) => `${index === 0 ? `+${'-'.repeat(width - 2)}` : '-'.repeat(width - 1)}+`).join('');
}

function spaces(count: number): string {
  return ' '.repeat(Math.max(0, count));
}

function centred(text: string, width: number, leftEdge: string): string {
  const before = Math.floor(width / 2) - Math.floor(textWidth(text) / 2) - 1;
  const used = leftEdge.length + before + textWidth(text);
  return `${leftEdge}${spaces(before)}${text}${spaces(width - 1 - used)}|`;
}

function aligned(text: string, width: number, leftEdge: string, style: (text: string) => string): string {
  const ownWidth = textWidth(text);
  const padding = width - (ownWidth + 2 + leftEdge.length + 1) >= 0 ? 2 : 0;
  return `${leftEdge}${spaces(padding)}${style(text)}${spaces(width - leftEdge.length - padding - ownWidth - 1)}|`;
}

const reset = '\u001b[0m';

function blue(text: string): string {
  return `\u001b[1m\u001b[34m${text}${reset}`;
}

function dimmed(text: string): string {
  return `\u001b[2m\u001b[33m${text}${reset}`;
}
