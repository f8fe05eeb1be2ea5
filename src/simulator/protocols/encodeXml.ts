import type { NormalizedSchema } from '@smithy/core/schema';
import { writeScalar } from './scalars';
import type { ServiceFault } from './serviceFault';
import type { OperationModel, ServiceModel } from './serviceModels';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Writes an operation's output as EC2 Query or AWS Query answers it. */
export function encodeXml(operation: OperationModel, output: unknown, requestId: string): string {
  const { name, service } = operation;
  const members = operation.output.isStructSchema() ? writeStruct(operation.output, output) : '';
  const content =
    service.protocol === 'ec2Query'
      ? element('requestId', requestId) + members
      : `${resultOf(operation, members)}<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata>`;
  return `${declaration}<${name}Response xmlns="${service.xmlNamespace}">${content}</${name}Response>`;
}

function resultOf(operation: OperationModel, members: string): string {
  return operation.output.isStructSchema() ? `<${operation.name}Result>${members}</${operation.name}Result>` : '';
}

/** Writes a refusal in the form that the service's protocol gives it. */
export function encodeXmlFault(service: ServiceModel, fault: ServiceFault, requestId: string): string {
  const { code, message, status } = fault;
  const error = element('Code', escapeText(code)) + element('Message', escapeText(message));
  if (service.protocol === 'ec2Query')
    return `${declaration}<Response><Errors><Error>${error}</Error></Errors>${element('RequestID', requestId)}</Response>`;
  const type = element('Type', status < 500 ? 'Sender' : 'Receiver');
  return `${declaration}<ErrorResponse xmlns="${service.xmlNamespace}"><Error>${type}${error}</Error>${element('RequestId', requestId)}</ErrorResponse>`;
}

/** A document of a REST service: one element in the service's namespace, of a structure's members or of ready content. */
export function encodeXmlDocument({ xmlNamespace }: ServiceModel, root: string, content: string): string {
  return `${declaration}<${root} xmlns="${xmlNamespace}">${content}</${root}>`;
}

export function element(name: string, content: string, attributes = ''): string {
  return `<${name}${attributes}>${content}</${name}>`;
}

function writeMember(schema: NormalizedSchema, name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  const isFlat = !!schema.getMergedTraits().xmlFlattened;
  if (schema.isListSchema()) return writeList(schema, name, value as readonly unknown[], isFlat);
  if (schema.isMapSchema()) return writeMap(schema, name, value as Readonly<Record<string, unknown>>, isFlat);
  if (schema.isStructSchema()) return element(name, writeStruct(schema, value), attributesOf(schema, value));
  return element(name, escapeText(writeScalar(value)));
}

/** The members of a structure as elements, without the structure's own. */
export function writeStruct(schema: NormalizedSchema, value: unknown): string {
  const members = value as Readonly<Record<string, unknown>>;
  let xml = '';
  for (const [name, member] of schema.structIterator())
    if (!member.getMemberTraits().xmlAttribute)
      xml += writeMember(member, member.getMemberTraits().xmlName ?? name, members[name]);
  return xml;
}

/** A structure's namespace and those of its members that are attributes, ready to stand behind its name. */
function attributesOf(schema: NormalizedSchema, value: unknown): string {
  const members = value as Readonly<Record<string, unknown>>;
  const [prefix, uri] = schema.getMergedTraits().xmlNamespace ?? [];
  let text = prefix && uri ? ` xmlns:${prefix}="${escapeText(uri)}"` : '';
  for (const [name, member] of schema.structIterator()) {
    const { xmlAttribute, xmlName } = member.getMemberTraits();
    if (xmlAttribute && members[name] !== undefined)
      text += ` ${xmlName ?? name}="${escapeText(writeScalar(members[name]))}"`;
  }
  return text;
}

function writeList(schema: NormalizedSchema, name: string, items: readonly unknown[], isFlat: boolean): string {
  const member = schema.getValueSchema();
  const itemName = member.getMergedTraits().xmlName ?? 'member';
  if (isFlat) return items.map(item => writeMember(member, name, item)).join('');
  return element(name, items.map(item => writeMember(member, itemName, item)).join(''));
}

function writeMap(
  schema: NormalizedSchema,
  name: string,
  entries: Readonly<Record<string, unknown>>,
  isFlat: boolean,
): string {
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const valueSchema = schema.getValueSchema();
  const valueName = valueSchema.getMergedTraits().xmlName ?? 'value';
  const items = Object.entries(entries).map(([key, value]) =>
    element(isFlat ? name : 'entry', element(keyName, escapeText(key)) + writeMember(valueSchema, valueName, value)),
  );
  return isFlat ? items.join('') : element(name, items.join(''));
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 has no way to write ("Extensible Markup Language (XML) 1.0", production Char). */
const unwritable = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const replacement = '\ufffd';

/** Line ends go as references, since readers normalise raw ones and drop text that is nothing but white space with a line end. */
export function escapeText(text: string): string {
  return text
    .replace(unwritable, replacement)
    .replace(/[&<>"]/g, mark => escapes[mark] as string)
    .replace(/[\r\n\t]/g, mark => `&#x${mark.charCodeAt(0).toString(16).toUpperCase()};`);
}
