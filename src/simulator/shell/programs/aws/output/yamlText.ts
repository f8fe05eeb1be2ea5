/** `--output yaml` (aws/aws-cli:awscli/formatter.py): block style, members in order of their names. */
import { isList, isStructure, type PlainStructure, type PlainValue } from './plainValue';
import { yamlScalar } from './yamlScalar';

const step = 2;

/** A scalar by itself is written as JSON, so that no end mark is needed. */
export function yamlText(value: PlainValue): string {
  if (!isList(value) && !isStructure(value)) return `${JSON.stringify(value)}\n`;
  return `${nodeLines(value, 0).join('\n')}\n`;
}

/** Lines of a list or a structure, the first without its indentation. */
function nodeLines(value: PlainValue, indent: number): readonly string[] {
  if (isList(value)) return value.length === 0 ? ['[]'] : value.flatMap(item => itemLines(item, indent));
  if (isStructure(value)) return structureLines(value, indent);
  return [scalarText(value, indent, indent)];
}

function itemLines(item: PlainValue, indent: number): readonly string[] {
  if (!isNested(item)) return [`${margin(indent)}- ${scalarText(item, indent + step, indent + step)}`];
  const [first = '', ...others] = nodeLines(item, indent + step);
  return [`${margin(indent)}- ${first.trimStart()}`, ...others];
}

function structureLines(value: PlainStructure, indent: number): readonly string[] {
  const keys = Object.keys(value).sort();
  return keys.length === 0 ? ['{}'] : keys.flatMap(key => memberLines(key, value[key] ?? null, indent));
}

/** A list below a name is not indented further. */
function memberLines(name: string, value: PlainValue, indent: number): readonly string[] {
  const head = `${margin(indent)}${yamlScalar(name, indent, indent)}:`;
  if (!isNested(value)) return [`${head} ${scalarText(value, head.length + 1, indent + step)}`];
  return [head, ...nodeLines(value, isList(value) ? indent : indent + step)];
}

/** Has lines of its own. */
function isNested(value: PlainValue): boolean {
  if (isList(value)) return value.length > 0;
  return isStructure(value) && Object.keys(value).length > 0;
}

function scalarText(value: PlainValue, column: number, indent: number): string {
  if (typeof value === 'string') return yamlScalar(value, column, indent);
  if (isList(value)) return '[]';
  return isStructure(value) ? '{}' : String(value);
}

function margin(indent: number): string {
  return ' '.repeat(indent);
}
