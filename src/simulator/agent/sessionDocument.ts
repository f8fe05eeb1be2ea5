import { ServiceFault } from '../protocols/serviceFault';

/** What a document makes the agent run: `undefined` is the interactive shell. */
export interface TerminalProgram {
  readonly command: string | undefined;
}

export type SessionParameters = Readonly<Record<string, readonly string[]>>;

export const DEFAULT_DOCUMENT = 'SSM-SessionManagerRunShell';

/** AWS-owned documents that exist and that we do not run: refused by name, never silently replaced. */
const NOT_SIMULATED = new Set([
  'AWS-StartNonInteractiveCommand',
  'AWS-StartSSHSession',
  'AWS-StartPortForwardingSession',
  'AWS-StartPortForwardingSessionToRemoteHost',
]);
const NAME_FORM = /^[a-zA-Z0-9_\-.:/]{3,128}$/;
const LONGEST_PARAMETER_NAME = 255;
const LONGEST_PARAMETER_VALUE = 65_535;

/**
 * The program of a Session document with its parameters. Throws a ServiceFault: `ValidationException` for what the API model forbids
 * (Systems Manager API reference, StartSession), `InvalidDocument`, `InvalidParameters`.
 */
export function programOf(documentName: string, parameters: SessionParameters): TerminalProgram {
  checkName(documentName);
  checkParameterSizes(parameters);
  if (documentName === DEFAULT_DOCUMENT) {
    refuseUnknown(documentName, parameters, []);
    return { command: undefined };
  }
  if (documentName === 'AWS-StartInteractiveCommand') {
    refuseUnknown(documentName, parameters, ['command']);
    return { command: requiredParameter(documentName, parameters, 'command') };
  }
  if (NOT_SIMULATED.has(documentName)) {
    throw new ServiceFault('UnsupportedOperation', `Sessions of document ${documentName} are not simulated.`);
  }
  throw new ServiceFault('InvalidDocument', `Document with name ${documentName} does not exist.`);
}

function checkName(documentName: string): void {
  if (NAME_FORM.test(documentName)) return;
  throw new ServiceFault(
    'ValidationException',
    `1 validation error detected: Value '${documentName}' at 'documentName' failed to satisfy constraint: ` +
      'Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.:/]{3,128}$',
  );
}

function checkParameterSizes(parameters: SessionParameters): void {
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

function refuseUnknown(documentName: string, parameters: SessionParameters, known: readonly string[]): void {
  for (const name of Object.keys(parameters)) {
    if (known.includes(name)) continue;
    throw new ServiceFault('InvalidParameters', `Parameter ${name} is not defined in document ${documentName}.`);
  }
}

function requiredParameter(documentName: string, parameters: SessionParameters, name: string): string {
  const values = parameters[name];
  if (values?.length === 1) return values[0] as string;
  throw new ServiceFault('InvalidParameters', `Document ${documentName} needs parameter ${name} with one value.`);
}
