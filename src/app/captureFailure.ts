import { LabError } from '../core/errors';
import type { CaptureFailure } from '../packet/reader/statusLine';

/** What tcpdump, sudo or timeout said when it could not begin, as one of our errors. `text` is the line as printed. */
export function captureError(failure: CaptureFailure, text: string, interfaceName: string): LabError {
  const detail = text.replace(/^(?:tcpdump|sudo|timeout): /, '');
  switch (failure) {
    case 'toolMissing':
      return new LabError('captureToolMissing', { detail });
    case 'passwordRequired':
    case 'notPermitted':
      return new LabError('captureNotPermitted', { detail });
    case 'noSuchDevice':
      return new LabError('captureInterfaceMissing', { detail, interfaceName });
    case 'filterInvalid':
      return new LabError('filterInvalid', { detail: detail.replace(/^can't parse filter expression: /, '') });
    case 'other':
      return new LabError('captureFailed', { detail });
  }
}
