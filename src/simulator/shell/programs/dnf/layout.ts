/** How dnf 4 lays out its lines: sizes, progress, columns (rpm-software-management/dnf:dnf/cli/format.py, progress.py, output.py). */
import type { Run } from '../../system';

export function terminalWidth(run: Run): number {
  return run.process.files.get(1)?.terminal?.columns || 80;
}

/** `24 M`, `9.6 k`, `0  `: at most three digits, then a unit of 1024. */
export function shortSize(bytes: number): string {
  let value = bytes;
  let depth = 0;
  while (value > 999 && depth < 4) {
    value /= 1024;
    depth++;
  }
  const digits = depth > 0 && value < 9.95 ? value.toFixed(1) : value.toFixed(0);
  return `${digits} ${[' ', 'k', 'M', 'G', 'T'][depth]}`;
}

function rate(bytesPerSecond: number): string {
  return bytesPerSecond > 0 ? shortSize(bytesPerSecond) : '0.0  ';
}

function clockTime(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** A finished download, filled to the terminal's width. */
export function progressLine(run: Run, text: string, bytes: number, durationMs: number): string {
  const speed = rate((bytes * 1000) / Math.max(durationMs, 1)).padStart(5);
  const end = ` ${speed}B/s | ${shortSize(bytes).padStart(5)}B ${clockTime(durationMs).padStart(9)}    \n`;
  const room = terminalWidth(run) - end.length;
  return text.slice(0, room).padEnd(room) + end;
}

/** Widths for the columns of a table: as wide as their widest cell, the rest of the line for the third. The last is aligned right. */
export function columnWidths(rows: readonly (readonly string[])[], totalWidth: number): readonly number[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const spare = totalWidth - 1 - widths.reduce((sum, width) => sum + width + 1, -1);
  const share = Math.max(0, Math.floor(spare / (widths.length - 1)));
  return widths.map((width, column) => (column < widths.length - 1 ? width + share : width));
}

export function tableLine(row: readonly string[], widths: readonly number[]): string {
  const last = row.length - 1;
  const cells = row.map((cell, column) =>
    column === last ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
  );
  return ` ${cells.join(' ')}`;
}
