import type { NormalizedSchema } from '@smithy/core/schema';
import type { WireRequest } from '../../../core/ports/wire';
import { requiredMembers } from '../decodeQuery';
import { dialects } from '../dialect';
import type { OperationModel, ServiceModel } from '../serviceModels';
import { type BindingPlace, readBinding } from './bindingText';
import { decodeXml } from './decodeXml';
import { findRestOperation } from './findRestOperation';
import { readQuery } from './restQuery';
import { readS3Address } from './s3Address';

const dialect = dialects.restXml;

/** Where a request's members stand, read and ready to be picked ("Smithy: HTTP protocol bindings"). */
interface RestMessage {
  readonly labels: Readonly<Record<string, string | undefined>>;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Finds the operation that method, path, query and headers ask for and reads its input; throws a ServiceFault as S3 would refuse. */
export function decodeRest(
  service: ServiceModel,
  request: WireRequest,
): { readonly operation: OperationModel; readonly input: unknown } {
  const { method, headers, body } = request;
  const address = readS3Address(request);
  const query = readQuery(request.query);
  const operation = findRestOperation(service, { method, address, query, headers });
  const labels = { Bucket: address.bucket, Key: address.key };
  return { operation, input: readInput(operation.input, { labels, query, headers, body }) };
}

function readInput(schema: NormalizedSchema, message: RestMessage): unknown {
  if (!schema.isStructSchema()) return {};
  const input: Record<string, unknown> = {};
  const inBody: string[] = [];
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits();
    if (traits.httpLabel) input[name] = readText(name, member, message.labels[name], 'label');
    else if (traits.httpQuery) input[name] = readText(name, member, message.query.get(traits.httpQuery), 'query');
    else if (traits.httpHeader)
      input[name] = readText(name, member, message.headers[traits.httpHeader.toLowerCase()], 'header');
    else if (typeof traits.httpPrefixHeaders === 'string')
      input[name] = readPrefixed(traits.httpPrefixHeaders.toLowerCase(), message.headers);
    else if (traits.httpPayload) input[name] = readPayload(member, message.body);
    else inBody.push(name);
  }
  if (inBody.length > 0) Object.assign(input, readBody(schema, message.body));
  return checked(schema, input);
}

function checked(schema: NormalizedSchema, input: Readonly<Record<string, unknown>>): unknown {
  for (const name of requiredMembers(schema)) if (input[name] === undefined) throw dialect.missingParameter(name);
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function readText(name: string, member: NormalizedSchema, text: string | undefined, place: BindingPlace): unknown {
  if (text === undefined) return undefined;
  const reading = readBinding(member, text, place);
  if ('expected' in reading) throw dialect.malformedValue(name, text, reading.expected);
  return reading.value;
}

/** Undefined when no header begins so. */
function readPrefixed(prefix: string, headers: Readonly<Record<string, string>>): unknown {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith(prefix) && name.length > prefix.length);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}

/** Undefined for an empty body: HTTP does not tell it from none. */
function readPayload(member: NormalizedSchema, body: Uint8Array): unknown {
  if (body.length === 0) return undefined;
  if (member.isBlobSchema()) return body;
  if (member.isStringSchema()) return new TextDecoder().decode(body);
  return decodeXml(member, member.getMergedTraits().xmlName ?? member.getName() ?? '', body);
}

function readBody(schema: NormalizedSchema, body: Uint8Array): object {
  return body.length === 0 ? {} : (decodeXml(schema, schema.getName() ?? '', body) as object);
}
