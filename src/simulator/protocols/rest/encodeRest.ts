import type { NormalizedSchema } from '@smithy/core/schema';
import { toBase64 } from '@smithy/core/serde';
import type { WireResponse } from '../../../core/ports/wire';
import { encodeXmlDocument } from '../encodeXml';
import type { ServiceFault } from '../serviceFault';
import type { OperationModel, ServiceModel } from '../serviceModels';
import { element, escapeText, writeStruct } from '../xmlWriter';
import { writeHeader } from './bindingText';
import { httpTrait } from './findRestOperation';

const encoder = new TextEncoder();
const nothing = new Uint8Array();

/** Answers whose document is nothing but the one member ("GetBucketLocation: response syntax"). */
const unwrapped: readonly string[] = ['GetBucketLocation'];

/** An operation's answer: members in headers and body as its schema binds them; a part of an object is told by its status. */
export function encodeRestAnswer(operation: OperationModel, output: unknown, requestId: string): WireResponse {
  const values = output as Readonly<Record<string, unknown>>;
  const headers: Record<string, string> = { ...identification(requestId), ...headersOf(operation.output, values) };
  const [method, , status] = httpTrait(operation);
  const { body, type } = contentOf(operation, values);
  if (body.length > 0) headers['content-type'] ??= type;
  if (method !== 'HEAD' && status !== 204) headers['content-length'] = String(body.length);
  return { status: headers['content-range'] === undefined ? status : 206, headers, body };
}

/** A refusal as S3 gives it ("Amazon S3 API Reference: REST error responses"); the answer to HEAD has no body. */
export function encodeRestFault(fault: ServiceFault, requestId: string, isHead: boolean): WireResponse {
  const { code, message, status, details } = fault;
  const ids = identification(requestId);
  const members = Object.entries({ Code: code, Message: message, ...details })
    .map(([name, value]) => element(name, escapeText(String(value))))
    .concat(element('RequestId', String(ids['x-amz-request-id'])), element('HostId', String(ids['x-amz-id-2'])));
  const hasBody = !isHead && status !== 304;
  const body = hasBody ? encoder.encode(declaration + element('Error', members.join(''))) : nothing;
  const length = hasBody ? { 'content-length': String(body.length) } : {};
  return { status, headers: { ...ids, 'content-type': 'application/xml', ...length, ...fault.headers }, body };
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** S3's own form of a request id, 16 characters, and the second id for its support. */
function identification(requestId: string): Record<string, string> {
  const short = requestId.replaceAll('-', '').slice(0, 16).toUpperCase();
  return { 'x-amz-request-id': short, 'x-amz-id-2': toBase64(encoder.encode(`${requestId}${short}`.slice(0, 48))) };
}

function headersOf(schema: NormalizedSchema, values: Readonly<Record<string, unknown>>): Record<string, string> {
  const headers: Record<string, string> = {};
  if (!schema.isStructSchema()) return headers;
  for (const [name, member] of schema.structIterator()) {
    const { httpHeader, httpPrefixHeaders } = member.getMergedTraits();
    const value = values[name];
    if (value === undefined || value === null) continue;
    if (httpHeader) headers[httpHeader.toLowerCase()] = writeHeader(member, value);
    if (typeof httpPrefixHeaders === 'string')
      for (const [key, text] of Object.entries(value)) headers[(httpPrefixHeaders + key).toLowerCase()] = String(text);
  }
  return headers;
}

interface Content {
  readonly body: Uint8Array;
  /** For an answer that says no type of its own. */
  readonly type: string;
}

const noContent: Content = { body: nothing, type: '' };

function contentOf({ name, output, service }: OperationModel, values: Readonly<Record<string, unknown>>): Content {
  if (!output.isStructSchema()) return noContent;
  for (const [memberName, member] of output.structIterator())
    if (member.getMergedTraits().httpPayload) return payloadOf(service, member, values[memberName]);
  const inBody = [...output.structIterator()].filter(([, member]) => isInBody(member));
  if (inBody.length === 0) return noContent;
  const root = output.getMergedTraits().xmlName ?? `${name}Result`;
  const content = unwrapped.includes(name)
    ? escapeText(String(values[root] ?? ''))
    : writeStruct(output, Object.fromEntries(inBody.map(([key]) => [key, values[key]])));
  return xmlContent(service, root, content);
}

function xmlContent(service: ServiceModel, root: string, content: string): Content {
  return { body: encoder.encode(encodeXmlDocument(service, root, content)), type: 'application/xml' };
}

function isInBody(member: NormalizedSchema): boolean {
  const traits = member.getMergedTraits();
  return !traits.httpHeader && typeof traits.httpPrefixHeaders !== 'string' && !traits.httpResponseCode;
}

/** Text is a policy. */
function payloadOf(service: ServiceModel, member: NormalizedSchema, value: unknown): Content {
  if (value === undefined || value === null) return noContent;
  if (value instanceof Uint8Array) return { body: value, type: 'binary/octet-stream' };
  if (typeof value === 'string') return { body: encoder.encode(value), type: 'application/json' };
  const root = member.getMergedTraits().xmlName ?? member.getName() ?? '';
  return xmlContent(service, root, writeStruct(member, value));
}
