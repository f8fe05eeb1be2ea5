import { parseXML } from '@aws-sdk/xml-builder';
import type { NormalizedSchema } from '@smithy/core/schema';
import { requiredMembers } from '../decodeQuery';
import { ServiceFault } from '../serviceFault';
import { readBinding } from './bindingText';

/** An element as the parser gives it: text alone, or children by name with attributes among them. */
type XmlValue = string | { readonly [name: string]: XmlValue | readonly XmlValue[] };

/** Reads a document with this root by its schema; throws MalformedXML for everything that S3's schema does not have. */
export function decodeXml(schema: NormalizedSchema, rootName: string, body: Uint8Array): unknown {
  const root = Object.entries(parse(body))[0];
  if (!root || localName(root[0]) !== rootName) throw malformedXml();
  return read(schema, root[1]);
}

function parse(body: Uint8Array): { readonly [name: string]: XmlValue } {
  try {
    return parseXML(new TextDecoder('utf-8', { fatal: true }).decode(body)) as { readonly [name: string]: XmlValue };
  } catch {
    throw malformedXml();
  }
}

export function malformedXml(): ServiceFault {
  return new ServiceFault(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function read(schema: NormalizedSchema, value: XmlValue | readonly XmlValue[]): unknown {
  if (schema.isListSchema()) return readList(schema, value);
  if (isSeveral(value)) throw malformedXml();
  if (schema.isStructSchema()) return readStruct(schema, value);
  if (schema.isMapSchema()) throw malformedXml();
  const reading = readBinding(schema, textOf(value), 'body');
  if ('expected' in reading) throw malformedXml();
  return reading.value;
}

function isSeveral(value: XmlValue | readonly XmlValue[]): value is readonly XmlValue[] {
  return Array.isArray(value);
}

/** An element with attributes has its text beside them. */
function textOf(value: XmlValue): string {
  const text = typeof value === 'string' ? value : (value['#text'] ?? '');
  if (typeof text !== 'string') throw malformedXml();
  return text;
}

function readList(schema: NormalizedSchema, value: XmlValue | readonly XmlValue[]): unknown {
  const item = schema.getValueSchema();
  if (schema.getMergedTraits().xmlFlattened) return severalOf(value).map(child => read(item, child));
  if (isSeveral(value)) throw malformedXml();
  if (typeof value === 'string') return [];
  const itemName = item.getMergedTraits().xmlName ?? 'member';
  const children = Object.entries(value).filter(([name]) => !isNamespace(name));
  if (children.some(([name]) => localName(name) !== itemName)) throw malformedXml();
  return children.flatMap(([, child]) => severalOf(child).map(one => read(item, one)));
}

function severalOf(value: XmlValue | readonly XmlValue[]): readonly XmlValue[] {
  return isSeveral(value) ? value : [value];
}

function isNamespace(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

function readStruct(schema: NormalizedSchema, value: XmlValue): unknown {
  const input: Record<string, unknown> = {};
  const members = new Map<string, readonly [string, NormalizedSchema]>();
  for (const [name, member] of schema.structIterator())
    members.set(localName(member.getMemberTraits().xmlName ?? name), [name, member]);
  const children = typeof value === 'string' ? [] : Object.entries(value);
  for (const [name, child] of children) {
    if (isNamespace(name) || name === '#text') continue;
    const found = members.get(localName(name));
    if (!found) throw malformedXml();
    input[found[0]] = read(found[1], child);
  }
  if (requiredMembers(schema).some(name => input[name] === undefined)) throw malformedXml();
  return input;
}
