/** `--output text` (aws/aws-cli:awscli/text.py): tab-separated scalars in order of their names, nested ones on lines of their own. */
import { pythonString } from '../pythonText';
import { isList, isScalar, isStructure, type PlainStructure, type PlainValue } from './plainValue';

export function tabText(value: PlainValue): string {
  return formatText(value, undefined, undefined);
}

function formatText(value: PlainValue, title: string | undefined, keys: readonly string[] | undefined): string {
  if (isList(value)) return formatList(value, title);
  if (isStructure(value)) return formatStructure(value, title, keys);
  return `${pythonString(value)}\n`;
}

function formatList(items: readonly PlainValue[], title: string | undefined): string {
  if (items.length === 0) return '';
  const structures = items.filter(isStructure);
  if (structures.length > 0) {
    const keys = new Set(structures.flatMap(item => Object.keys(item).filter(key => isScalar(item[key]))));
    const sorted = [...keys].sort();
    return items.map(item => formatText(item, title, sorted)).join('');
  }
  const nested = items.filter(item => !isScalar(item));
  const scalars = items.filter(isScalar).map(pythonString);
  return scalarLines(scalars, title) + nested.map(item => formatText(item, title, undefined)).join('');
}

function scalarLines(scalars: readonly string[], title: string | undefined): string {
  if (scalars.length === 0) return '';
  if (title === undefined) return `${scalars.join('\t')}\n`;
  return scalars.map(text => `${title.toUpperCase()}\t${text}\n`).join('');
}

function formatStructure(
  value: PlainStructure,
  title: string | undefined,
  keys: readonly string[] | undefined,
): string {
  const sorted = Object.keys(value).sort();
  const scalarKeys = keys ?? sorted.filter(key => isScalar(value[key]));
  const nestedKeys = sorted.filter(key => (keys ? !keys.includes(key) : !isScalar(value[key])));
  const scalars = scalarKeys.map(key => pythonString(value[key] === undefined ? '' : value[key]));
  const head =
    scalars.length > 0 ? `${[...(title === undefined ? [] : [title.toUpperCase()]), ...scalars].join('\t')}\n` : '';
  return head + nestedKeys.map(key => formatText(value[key] ?? null, key, undefined)).join('');
}
