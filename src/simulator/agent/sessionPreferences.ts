import { asObject } from '../../ssm/payloads/jsonObject';
import { ServiceFault } from '../protocols/serviceFault';

/** How an account wants its sessions in a region: the `inputs` of a Session document. */
export interface SessionPreferences {
  /** Id, ARN or alias of the key that encrypts sessions; empty for none. */
  readonly kmsKeyId: string;
  readonly idleLimitMs: number;
  /** Undefined: as long as it likes. */
  readonly durationLimitMs: number | undefined;
  /** Typed into every shell; empty for nothing. */
  readonly shellProfile: string;
}

const MINUTE_MS = 60_000;

/** What holds where nobody chose ("Session document schema", AWS Systems Manager user guide). */
export const defaultPreferences: SessionPreferences = {
  kmsKeyId: '',
  idleLimitMs: 20 * MINUTE_MS,
  durationLimitMs: undefined,
  shellProfile: '',
};

/**
 * Reads a document's `inputs`. Throws a ServiceFault: `InvalidDocumentContent` for values that are out of range, `UnsupportedOperation` for
 * logs and for Run As, which the practice cloud has not.
 */
export function readPreferences(inputs: Readonly<Record<string, unknown>>): SessionPreferences {
  for (const name of ['s3BucketName', 'cloudWatchLogGroupName'])
    if (textOf(inputs, name) !== '') throw notSimulated(name);
  if (flagOf(inputs, 'runAsEnabled')) throw notSimulated('runAsEnabled');
  const idle = minutesOf(inputs, 'idleSessionTimeout', 60);
  const duration = minutesOf(inputs, 'maxSessionDuration', 1_440);
  return {
    kmsKeyId: textOf(inputs, 'kmsKeyId'),
    idleLimitMs: idle === undefined ? defaultPreferences.idleLimitMs : idle * MINUTE_MS,
    durationLimitMs: duration === undefined ? undefined : duration * MINUTE_MS,
    shellProfile: textOf(asObject(inputs.shellProfile) ?? {}, 'linux'),
  };
}

function textOf(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name] ?? '';
  if (typeof value === 'string') return value;
  throw new ServiceFault('InvalidDocumentContent', `Session input ${name} must be a string.`);
}

function flagOf(fields: Readonly<Record<string, unknown>>, name: string): boolean {
  const value = fields[name] ?? false;
  if (typeof value === 'boolean') return value;
  throw new ServiceFault('InvalidDocumentContent', `Session input ${name} must be a boolean.`);
}

/** Minutes are written as text. */
function minutesOf(fields: Readonly<Record<string, unknown>>, name: string, most: number): number | undefined {
  const text = textOf(fields, name);
  if (text === '') return undefined;
  const minutes = Number(text);
  if (/^\d{1,4}$/.test(text) && minutes >= 1 && minutes <= most) return minutes;
  throw new ServiceFault(
    'InvalidDocumentContent',
    `Session input ${name} must be a number of minutes from 1 to ${most}.`,
  );
}

function notSimulated(name: string): ServiceFault {
  return new ServiceFault(
    'UnsupportedOperation',
    `The practice cloud does not simulate ${name} of session preferences.`,
  );
}
