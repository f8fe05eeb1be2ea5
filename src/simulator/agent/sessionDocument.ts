import { asObject } from '../../ssm/payloads/jsonObject';
import { ServiceFault } from '../protocols/serviceFault';
import type { SessionType } from './sessionPlugin';
import { readPreferences } from './sessionPreferences';

/** A Session document's content ("Session document schema", AWS Systems Manager user guide). */
export interface SessionDocument {
  readonly description: string | undefined;
  readonly sessionType: SessionType;
  readonly parameters: Readonly<Record<string, SessionParameter>>;
  /** Undefined: the account's preferences hold. */
  readonly inputs: Readonly<Record<string, unknown>> | undefined;
  /** Text in it may hold `{{ parameter }}`. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface SessionParameter {
  /** `String`, `Boolean`. */
  readonly type: string;
  readonly description: string | undefined;
  /** Undefined: must be given. */
  readonly default: string | undefined;
  readonly allowedPattern: RegExp | undefined;
  readonly allowedValues: readonly string[] | undefined;
}

const TYPES: readonly SessionType[] = ['Standard_Stream', 'InteractiveCommands', 'NonInteractiveCommands', 'Port'];
const SCHEMA_VERSION = '1.0';

/**
 * Reads a document's content. Throws a ServiceFault: `InvalidDocumentContent` for what is no Session document, `InvalidDocumentSchemaVersion`,
 * and what {@link readPreferences} throws for its inputs.
 */
export function readSessionDocument(content: string): SessionDocument {
  const fields = asObject(parse(content));
  if (!fields) throw invalid('JSON not well-formed.');
  const { schemaVersion, sessionType, inputs } = fields;
  if (schemaVersion !== SCHEMA_VERSION)
    throw new ServiceFault(
      'InvalidDocumentSchemaVersion',
      `${String(schemaVersion)} is not a valid schema version for Session document type`,
    );
  const type = TYPES.find(name => name === sessionType);
  if (!type) throw invalid(`sessionType must be one of ${TYPES.join(', ')}.`);
  if (inputs !== undefined) readPreferences(objectOf(inputs, 'inputs'));
  else if (type === 'Standard_Stream') throw invalid('A Standard_Stream document needs inputs.');
  return {
    description: typeof fields.description === 'string' ? fields.description : undefined,
    sessionType: type,
    parameters: readParameters(objectOf(fields.parameters ?? {}, 'parameters')),
    inputs: inputs === undefined ? undefined : objectOf(inputs, 'inputs'),
    properties: objectOf(fields.properties ?? {}, 'properties'),
  };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function readParameters(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, SessionParameter>> {
  const entries = Object.entries(fields).map(([name, value]) => [name, readParameter(name, objectOf(value, name))]);
  return Object.fromEntries(entries);
}

function readParameter(name: string, fields: Readonly<Record<string, unknown>>): SessionParameter {
  const { type, description, default: standard, allowedPattern, allowedValues } = fields;
  if (typeof type !== 'string') throw invalid(`Parameter ${name} needs a type.`);
  return {
    type,
    description: typeof description === 'string' ? description : undefined,
    default: standard === undefined ? undefined : String(standard),
    allowedPattern: typeof allowedPattern === 'string' ? patternOf(name, allowedPattern) : undefined,
    allowedValues: Array.isArray(allowedValues) ? allowedValues.map(String) : undefined,
  };
}

function patternOf(name: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw invalid(`allowedPattern of parameter ${name} is no regular expression.`);
  }
}

function objectOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const fields = asObject(value);
  if (!fields) throw invalid(`${name} must be an object.`);
  return fields;
}

function invalid(what: string): ServiceFault {
  return new ServiceFault('InvalidDocumentContent', what);
}
