/** What the CLI checks before it sends anything (boto/botocore:botocore/validate.py). */

import type { OperationModel } from '../../../protocols/clientCodec';
import { requiredMembers } from '../../../protocols/decodeQuery';
import { CommandLineError } from './failures';
import { leastOf } from './leastValues';
import { pythonString, pythonType } from './pythonText';
import { isObject, membersOf, type Shape } from './shapes';

/** Throws {@link CommandLineError} with every mistake. */
export function validateInput(operation: OperationModel, input: unknown): void {
  const mistakes: string[] = [];
  check(operation.input, input, '', { operation, mistakes });
  if (mistakes.length > 0) throw new CommandLineError(`Parameter validation failed:\n${mistakes.join('\n')}`);
}

interface Report {
  readonly operation: OperationModel;
  readonly mistakes: string[];
}

function check(shape: Shape, value: unknown, path: string, report: Report): void {
  if (shape.isStructSchema()) checkStructure(shape, value, path, report);
  else if (shape.isListSchema()) checkList(shape, value, path, report);
  else if (shape.isMapSchema()) checkMap(shape, value, path, report);
  else checkScalar(shape, value, path, report);
}

function checkStructure(shape: Shape, value: unknown, path: string, report: Report): void {
  if (!isObject(value)) {
    wrongType(path, value, ["<class 'dict'>"], report);
    return;
  }
  const members = membersOf(shape);
  for (const name of requiredMembers(shape)) {
    if (name in value || members.get(name)?.isIdempotencyToken()) continue;
    report.mistakes.push(`Missing required parameter in ${nameOf(path)}: "${name}"`);
  }
  for (const name of Object.keys(value)) {
    if (members.has(name)) continue;
    const choices = [...members.keys()].join(', ');
    report.mistakes.push(`Unknown parameter in ${nameOf(path)}: "${name}", must be one of: ${choices}`);
  }
  for (const [name, item] of Object.entries(value)) {
    const member = members.get(name);
    if (member) check(member, item, `${path}.${name}`, report);
  }
}

function checkList(shape: Shape, value: unknown, path: string, report: Report): void {
  if (!Array.isArray(value)) {
    wrongType(path, value, ["<class 'list'>", "<class 'tuple'>"], report);
    return;
  }
  checkLeast(value.length, 'length', path, report);
  for (const [index, item] of value.entries()) check(shape.getValueSchema(), item, `${path}[${index}]`, report);
}

function checkMap(shape: Shape, value: unknown, path: string, report: Report): void {
  if (!isObject(value)) {
    wrongType(path, value, ["<class 'dict'>"], report);
    return;
  }
  for (const [key, item] of Object.entries(value)) check(shape.getValueSchema(), item, `${path}.${key}`, report);
}

function checkScalar(shape: Shape, value: unknown, path: string, report: Report): void {
  const wanted = wantedTypes(shape, value);
  if (wanted) wrongType(path, value, wanted, report);
  else if (typeof value === 'number') checkLeast(value, 'value', path, report);
  else if (typeof value === 'string' && shape.isStringSchema()) checkLeast([...value].length, 'length', path, report);
}

function checkLeast(amount: number, kind: 'length' | 'value', path: string, report: Report): void {
  const least = leastOf(report.operation, path);
  if (least === undefined || amount >= least) return;
  report.mistakes.push(`Invalid ${kind} for parameter ${nameOf(path)}, value: ${amount}, valid min ${kind}: ${least}`);
}

/** Undefined when the value fits. */
function wantedTypes(shape: Shape, value: unknown): readonly string[] | undefined {
  if (shape.isStringSchema()) return typeof value === 'string' ? undefined : ["<class 'str'>"];
  if (shape.isBooleanSchema()) return typeof value === 'boolean' ? undefined : ["<class 'bool'>"];
  if (shape.isNumericSchema()) return typeof value === 'number' ? undefined : ["<class 'int'>"];
  if (shape.isTimestampSchema()) return isTime(value) ? undefined : ["<class 'datetime.datetime'>", 'timestamp-string'];
  if (shape.isBlobSchema() && typeof value !== 'string' && !(value instanceof Uint8Array))
    return ["<class 'bytes'>", "<class 'bytearray'>", 'file-like object'];
  return undefined;
}

/** Seconds since 1970, or a date and time. */
function isTime(value: unknown): boolean {
  if (typeof value === 'number') return true;
  return typeof value === 'string' && (/^\d+(\.\d+)?$/.test(value) || !Number.isNaN(Date.parse(value)));
}

function wrongType(path: string, value: unknown, wanted: readonly string[], report: Report): void {
  report.mistakes.push(
    `Invalid type for parameter ${nameOf(path)}, value: ${pythonString(value)}, type: ${pythonType(value)}, valid types: ${wanted.join(', ')}`,
  );
}

function nameOf(path: string): string {
  return path === '' ? 'input' : path.replace(/^\./, '');
}
