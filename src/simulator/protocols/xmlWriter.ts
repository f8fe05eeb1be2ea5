/**
 * Values as XML elements, by their schemas. A schema is read once, into functions: walking it anew for each value of a long list takes longer
 * than everything else about an answer.
 */
import type { NormalizedSchema } from '@smithy/core/schema';
import { writeScalar } from './scalars';

/** One value, with the element or elements that it stands in; nothing for a value that is absent. */
type Write = (value: unknown) => string;

type WriteStruct = (value: Members) => string;

type Members = Readonly<Record<string, unknown>>;

const structWriters = new WeakMap<object, WriteStruct>();

/** The members of a structure as elements, without the structure's own. */
export function writeStruct(schema: NormalizedSchema, value: unknown): string {
  return structWriter(schema)(value as Members);
}

export function element(name: string, content: string, attributes = ''): string {
  return `<${name}${attributes}>${content}</${name}>`;
}

function structWriter(schema: NormalizedSchema): WriteStruct {
  const key = schema.getSchema() as object;
  const known = structWriters.get(key);
  if (known) return known;
  const made = compileStruct(schema);
  structWriters.set(key, made);
  return made;
}

function compileStruct(schema: NormalizedSchema): WriteStruct {
  const elements = [...schema.structIterator()]
    .filter(([, member]) => !member.getMemberTraits().xmlAttribute)
    .map(([name, member]) => ({ name, write: compile(member, member.getMemberTraits().xmlName ?? name) }));
  return value => {
    let xml = '';
    for (const { name, write } of elements) if (value[name] !== undefined) xml += write(value[name]);
    return xml;
  };
}

/** What stands behind a structure's name: namespace, and members that are attributes. */
function compileAttributes(schema: NormalizedSchema): WriteStruct {
  const [prefix, uri] = schema.getMergedTraits().xmlNamespace ?? [];
  const namespace = prefix && uri ? ` xmlns:${prefix}="${escapeText(uri)}"` : '';
  const attributes = [...schema.structIterator()].filter(([, member]) => member.getMemberTraits().xmlAttribute);
  if (attributes.length === 0) return () => namespace;
  return value =>
    attributes.reduce((text, [name, member]) => {
      if (value[name] === undefined) return text;
      return `${text} ${member.getMemberTraits().xmlName ?? name}="${escapeText(writeScalar(value[name]))}"`;
    }, namespace);
}

function compile(schema: NormalizedSchema, name: string): Write {
  const write = compilePresent(schema, name);
  return value => (value === undefined || value === null ? '' : write(value));
}

function compilePresent(schema: NormalizedSchema, name: string): Write {
  const isFlat = !!schema.getMergedTraits().xmlFlattened;
  if (schema.isListSchema()) return compileList(schema, name, isFlat);
  if (schema.isMapSchema()) return compileMap(schema, name, isFlat);
  if (schema.isStructSchema()) return compileNested(schema, name);
  return value => element(name, escapeText(writeScalar(value)));
}

/** A structure may hold itself, so its writer is asked for when the first value comes. */
function compileNested(schema: NormalizedSchema, name: string): Write {
  const attributes = compileAttributes(schema);
  let members: WriteStruct | undefined;
  return value => {
    members ??= structWriter(schema);
    return element(name, members(value as Members), attributes(value as Members));
  };
}

function compileList(schema: NormalizedSchema, name: string, isFlat: boolean): Write {
  const member = schema.getValueSchema();
  const write = compile(member, isFlat ? name : (member.getMergedTraits().xmlName ?? 'member'));
  return value => {
    let xml = '';
    for (const item of value as readonly unknown[]) xml += write(item);
    return isFlat ? xml : element(name, xml);
  };
}

function compileMap(schema: NormalizedSchema, name: string, isFlat: boolean): Write {
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const valueSchema = schema.getValueSchema();
  const write = compile(valueSchema, valueSchema.getMergedTraits().xmlName ?? 'value');
  return value => {
    const items = Object.entries(value as Members).map(([key, item]) =>
      element(isFlat ? name : 'entry', element(keyName, escapeText(key)) + write(item)),
    );
    return isFlat ? items.join('') : element(name, items.join(''));
  };
}

/** The ampersand comes first, because it begins the others' references. */
const escapes: readonly (readonly [string, string])[] = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\t', '&#x9;'],
  ['\n', '&#xA;'],
  ['\r', '&#xD;'],
];

/** Nothing but these needs a closer look; most texts have none of them. */
const suspicious = /[^ !#-%'-;=?-~]/;
/** Where {@link unwritable} may be found; halves of surrogate pairs may be whole ones. */
const perhapsUnwritable = /[^\t\n\r -\ud7ff\ue000-\ufffd]/;
/** What XML 1.0 has no way to write ("Extensible Markup Language (XML) 1.0", production Char). */
const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const replacement = '\ufffd';

/** Line ends go as references, since readers normalise raw ones and drop text that is nothing but white space with a line end. */
export function escapeText(text: string): string {
  if (!suspicious.test(text)) return text;
  const writable = perhapsUnwritable.test(text) ? text.replace(unwritable, replacement) : text;
  return escapes.reduce((escaped, [mark, reference]) => escaped.replaceAll(mark, reference), writable);
}
