import { asObject } from '../../ssm/payloads/jsonObject';
import { ServiceFault } from '../protocols/serviceFault';
import type { SessionDocument } from './sessionDocument';
import { readPreferences, type SessionPreferences } from './sessionPreferences';

export type SessionParameters = Readonly<Record<string, readonly string[]>>;

/** A document with its parameters filled in, and the preferences that hold for the session. */
export interface SessionPlan {
  readonly sessionType: SessionDocument['sessionType'];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly preferences: SessionPreferences;
}

const NAME_FORM = /^[a-zA-Z0-9_\-.:/]{3,128}$/;
const LONGEST_PARAMETER_NAME = 255;
const LONGEST_PARAMETER_VALUE = 65_535;

/** Throws a `ValidationException` for what the API model forbids (Systems Manager API reference, StartSession). */
export function checkSessionRequest(documentName: string, parameters: SessionParameters): void {
  if (!NAME_FORM.test(documentName))
    throw new ServiceFault(
      'ValidationException',
      `1 validation error detected: Value '${documentName}' at 'documentName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.:/]{3,128}$',
    );
  for (const [name, values] of Object.entries(parameters)) {
    const isNameFit = name.length > 0 && name.length <= LONGEST_PARAMETER_NAME;
    const areValuesFit = values.every(value => value.length > 0 && value.length <= LONGEST_PARAMETER_VALUE);
    if (isNameFit && areValuesFit) continue;
    throw new ServiceFault(
      'ValidationException',
      "1 validation error detected: Value at 'parameters' failed to satisfy constraint: " +
        `Member must have length less than or equal to ${isNameFit ? LONGEST_PARAMETER_VALUE : LONGEST_PARAMETER_NAME}, ` +
        'Member must have length greater than or equal to 1',
    );
  }
}

/** Fills a document in; throws a ServiceFault `InvalidParameters` for parameters that do not fit it. `account` holds without inputs of its own. */
export function planSession(
  documentName: string,
  document: SessionDocument,
  parameters: SessionParameters,
  account: SessionPreferences,
): SessionPlan {
  for (const name of Object.keys(parameters))
    if (!Object.hasOwn(document.parameters, name))
      throw unfit(`Parameter ${name} is not defined in document ${documentName}.`);
  const values = Object.fromEntries(
    Object.keys(document.parameters).map(name => [name, parameterValue(documentName, document, parameters, name)]),
  );
  return {
    sessionType: document.sessionType,
    properties: asObject(substitute(document.properties, values)) ?? {},
    preferences: document.inputs ? readPreferences(document.inputs) : account,
  };
}

function parameterValue(
  documentName: string,
  document: SessionDocument,
  parameters: SessionParameters,
  name: string,
): string {
  const rule = document.parameters[name];
  const given = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  const value = given ? (given.length === 1 ? given[0] : undefined) : rule?.default;
  if (value === undefined) throw unfit(`Document ${documentName} needs parameter ${name} with one value.`);
  const isAllowed = rule?.allowedValues?.includes(value) ?? true;
  if (!isAllowed || (given && rule?.allowedPattern && !rule.allowedPattern.test(value)))
    throw unfit(`The value of parameter ${name} is not allowed by document ${documentName}.`);
  return value;
}

function unfit(message: string): ServiceFault {
  return new ServiceFault('InvalidParameters', message);
}

/** Puts values in place of `{{ name }}`, textually and once, in every text. */
function substitute(value: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? (values[name] as string) : whole,
    );
  if (Array.isArray(value)) return value.map(item => substitute(item, values));
  const fields = asObject(value);
  if (!fields) return value;
  return Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, substitute(inner, values)]));
}
