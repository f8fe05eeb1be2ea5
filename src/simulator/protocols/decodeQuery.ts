import type { NormalizedSchema } from '@smithy/core/schema';
import { type Dialect, dialects } from './dialect';
import type { ParameterNode } from './formBody';
import { readScalar } from './scalars';
import type { OperationModel } from './serviceModels';

/** Names and list forms in which EC2 Query and AWS Query differ (Smithy: `aws.protocols#ec2Query`, `aws.protocols#awsQuery`). */
interface QueryRules {
  readonly isEc2: boolean;
  readonly dialect: Dialect;
}

/** Reads the parameters of a query request into an operation's input; throws a ServiceFault for what does not fit. */
export function decodeQuery(operation: OperationModel, parameters: ParameterNode): unknown {
  const { protocol } = operation.service;
  const rules: QueryRules = { isEc2: protocol === 'ec2Query', dialect: dialects[protocol] };
  return readStruct(operation.input, parameters, '', rules);
}

function read(schema: NormalizedSchema, node: ParameterNode, path: string, rules: QueryRules): unknown {
  if (schema.isListSchema()) return readList(schema, node, path, rules);
  if (schema.isMapSchema()) return readMap(schema, node, path, rules);
  if (schema.isStructSchema()) return readStruct(schema, node, path, rules);
  return readLeaf(schema, node, path, rules);
}

function readLeaf(schema: NormalizedSchema, node: ParameterNode, path: string, rules: QueryRules): unknown {
  const child = node.children.keys().next().value;
  if (child !== undefined) throw rules.dialect.unknownParameter(`${path}.${child}`);
  const text = node.value ?? '';
  const reading = readScalar(schema, text);
  if ('expected' in reading) throw rules.dialect.malformedValue(path, text, reading.expected);
  return reading.value;
}

function readStruct(schema: NormalizedSchema, node: ParameterNode, path: string, rules: QueryRules): unknown {
  const input: Record<string, unknown> = {};
  const names = new Map<string, readonly [string, NormalizedSchema]>();
  if (schema.isStructSchema()) {
    for (const [name, member] of schema.structIterator()) names.set(memberKey(name, member, rules), [name, member]);
  }
  for (const [key, child] of node.children) {
    const found = names.get(key);
    const childPath = join(path, key);
    if (!found) throw rules.dialect.unknownParameter(childPath);
    input[found[0]] = read(found[1], child, childPath, rules);
  }
  requireMembers(schema, input, path, rules);
  return input;
}

function requireMembers(
  schema: NormalizedSchema,
  input: Readonly<Record<string, unknown>>,
  path: string,
  rules: QueryRules,
): void {
  for (const name of requiredMembers(schema)) {
    if (input[name] !== undefined) continue;
    const key = memberKey(name, schema.getMemberSchema(name), rules);
    throw rules.dialect.missingParameter(join(path, key));
  }
}

/** A structure's schema lists its required members first and says how many they are. */
export function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const raw = schema.getSchema();
  if (!schema.isStructSchema() || !Array.isArray(raw)) return [];
  const [, , , , names, , count] = raw as readonly unknown[];
  return (names as readonly string[]).slice(0, typeof count === 'number' ? count : 0);
}

function memberKey(name: string, member: NormalizedSchema, rules: QueryRules): string {
  const { ec2QueryName, xmlName } = member.getMergedTraits();
  const key = xmlName ?? name;
  if (!rules.isEc2) return key;
  if (typeof ec2QueryName === 'string') return ec2QueryName;
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function readList(schema: NormalizedSchema, node: ParameterNode, path: string, rules: QueryRules): unknown {
  const member = schema.getValueSchema();
  const isFlat = rules.isEc2 || !!schema.getMergedTraits().xmlFlattened;
  if (isFlat) return numbered(node, path, rules).map(([at, child]) => read(member, child, at, rules));
  const wrapper = member.getMergedTraits().xmlName ?? 'member';
  const wrapped = onlyChild(node, wrapper, path, rules);
  return wrapped
    ? numbered(wrapped, join(path, wrapper), rules).map(([at, child]) => read(member, child, at, rules))
    : [];
}

function readMap(schema: NormalizedSchema, node: ParameterNode, path: string, rules: QueryRules): unknown {
  const isFlat = !!schema.getMergedTraits().xmlFlattened;
  const entries = isFlat ? node : onlyChild(node, 'entry', path, rules);
  const keySchema = schema.getKeySchema();
  const valueSchema = schema.getValueSchema();
  const keyName = keySchema.getMergedTraits().xmlName ?? 'key';
  const valueName = valueSchema.getMergedTraits().xmlName ?? 'value';
  const result: Record<string, unknown> = {};
  for (const [at, entry] of entries ? numbered(entries, isFlat ? path : join(path, 'entry'), rules) : []) {
    const key = entry.children.get(keyName)?.value;
    const value = entry.children.get(valueName);
    if (key === undefined) throw rules.dialect.missingParameter(join(at, keyName));
    if (!value) throw rules.dialect.missingParameter(join(at, valueName));
    Object.defineProperty(result, key, {
      value: read(valueSchema, value, join(at, valueName), rules),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return result;
}

/** The wrapper inside a list or map; an empty value alone means an empty one. */
function onlyChild(node: ParameterNode, name: string, path: string, rules: QueryRules): ParameterNode | undefined {
  for (const key of node.children.keys()) if (key !== name) throw rules.dialect.unknownParameter(join(path, key));
  return node.children.get(name);
}

/** Children in the order of their numbers, each with its path. Gaps are allowed, as AWS allows them. */
function numbered(node: ParameterNode, path: string, rules: QueryRules): readonly (readonly [string, ParameterNode])[] {
  const items = [...node.children].map(([key, child]) => {
    if (!/^\d{1,9}$/.test(key)) throw rules.dialect.unknownParameter(join(path, key));
    return { number: Number(key), at: join(path, key), child };
  });
  return items.sort((left, right) => left.number - right.number).map(({ at, child }) => [at, child]);
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}
