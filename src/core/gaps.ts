/** Gaps of a snapshot and errors of the calls that left them: each said in the other's words. */
import { LabError } from './errors';
import type { Gap } from './snapshot';

/** Why something was not read, from the error of the call. `reading` names the call when the error does not. */
export function gapOf({ code, parameters }: LabError, reading: string): Gap {
  return {
    code: code === 'accessDenied' ? 'accessDenied' : 'failed',
    reading: parameters.action || reading,
    detail: parameters.detail,
  };
}

/** For an operation that cannot go on without what is missing. */
export function gapError({ code, reading, detail = '' }: Gap): LabError {
  if (code === 'accessDenied') return new LabError('accessDenied', { action: reading, detail });
  return new LabError('requestRefused', { action: reading, detail, code });
}
