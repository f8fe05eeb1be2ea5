import { encodeJson, readJsonObject } from './jsonObject';

/** Without any, the pseudo terminal on the instance is 0 × 0. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The payload of a `size` frame. */
export function encodeTerminalSize(size: TerminalSize): Uint8Array {
  return encodeJson({ cols: size.columns, rows: size.rows });
}

/** Undefined for what is no size. */
export function readTerminalSize(payload: Uint8Array): TerminalSize | undefined {
  const fields = readJsonObject(payload);
  const columns = fields?.cols;
  const rows = fields?.rows;
  return isSize(columns) && isSize(rows) ? { columns, rows } : undefined;
}

/** Both travel as unsigned 32-bit numbers. */
const isSize = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
