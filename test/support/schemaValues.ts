import type { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';
import { requiredMembers } from '../../src/simulator/protocols/decodeQuery';

/** What a protocol can carry unchanged. */
export interface CarriesOptions {
  /** EC2 Query sends nothing for an empty list. */
  readonly emptyLists: boolean;
  /** XML carries no control characters, and an element without text is an empty structure. */
  readonly isXml: boolean;
  /** Structures nest without end in some schemas. */
  readonly depth: number;
}

/** Random values of a schema, as an SDK's user would write them. */
export function schemaValue(schema: NormalizedSchema, options: CarriesOptions): fc.Arbitrary<unknown> {
  const deeper = { ...options, depth: options.depth - 1 };
  const { httpHeader, httpPrefixHeaders } = schema.getMergedTraits();
  if (httpHeader) return headerValue(schema, options);
  if (typeof httpPrefixHeaders === 'string')
    return fc.dictionary(fc.stringMatching(/^[a-z0-9-]{1,8}$/), headerText, {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    });
  if (schema.isListSchema())
    return fc.array(schemaValue(schema.getValueSchema(), deeper), {
      minLength: options.emptyLists ? 0 : 1,
      maxLength: 2,
    });
  if (schema.isMapSchema())
    return fc.dictionary(
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }),
      schemaValue(schema.getValueSchema(), deeper),
      {
        minKeys: 1,
        maxKeys: 2,
        noNullPrototype: true,
      },
    );
  if (schema.isStructSchema()) return structOf(schema, deeper);
  return scalarOf(schema, options);
}

function structOf(schema: NormalizedSchema, options: CarriesOptions): fc.Arbitrary<unknown> {
  const members = [...schema.structIterator()];
  if (schema.isUnionSchema())
    return fc.oneof(
      ...members.map(([name, member]) =>
        fc.record({ [name]: schemaValue(member, options) }, { noNullPrototype: true }),
      ),
    );
  const required = requiredMembers(schema);
  const first = (members.find(([, member]) => isScalar(member)) ?? members[0])?.[0];
  const always = new Set([...required, ...(first === undefined ? [] : [first])]);
  const chosen = members.filter(([name, member]) => always.has(name) || isScalar(member) || options.depth > 0);
  const arbitraries = Object.fromEntries(chosen.map(([name, member]) => [name, schemaValue(member, options)]));
  return fc.record(arbitraries, { requiredKeys: [...always], noNullPrototype: true });
}

/** Visible ASCII without what separates the items of a list; blanks inside only. */
const headerText = fc.stringMatching(/^[!#-+.-~]([ #-+.-~]{0,8}[!#-+.-~])?$/);

function headerValue(schema: NormalizedSchema, options: CarriesOptions): fc.Arbitrary<unknown> {
  if (schema.isListSchema())
    return fc.array(headerValue(schema.getValueSchema(), options), { minLength: 1, maxLength: 3 });
  return schema.isStringSchema() ? headerText : scalarOf(schema, options);
}

function isScalar(schema: NormalizedSchema): boolean {
  return !schema.isListSchema() && !schema.isMapSchema() && !schema.isStructSchema();
}

function scalarOf(schema: NormalizedSchema, options: CarriesOptions): fc.Arbitrary<unknown> {
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  if (schema.isTimestampSchema())
    return fc.integer({ min: 0, max: 4102444800 }).map(seconds => new Date(seconds * 1000));
  if (schema.isBlobSchema()) return fc.uint8Array({ minLength: 1, maxLength: 16 }).map(bytes => Uint8Array.from(bytes));
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  return options.isXml ? text.filter(isXmlText) : text;
}

/** Control characters other than tab and line ends have no place in XML 1.0. */
function isXmlText(text: string): boolean {
  return [...text].every(character => character >= ' ' || '\t\r\n'.includes(character)) && !/[\ufffe\uffff]/.test(text);
}
