import { LabError } from '../core/errors';
import type { InstanceId } from '../core/ids';
import type { CaptureFailure } from '../packet/reader/statusLine';

/** What tcpdump, sudo or timeout said when it could not begin, as one of our errors. `text` is the line as printed. */
export function captureError(
  failure: CaptureFailure,
  text: string,
  { instanceId, interfaceName }: { readonly instanceId: InstanceId; readonly interfaceName: string },
): LabError {
  const detail = text.replace(/^(?:tcpdump|sudo|timeout): /, '');
  switch (failure) {
    case 'toolMissing':
      return new LabError('captureToolMissing', { detail, instanceId });
    case 'passwordRequired':
    case 'notPermitted':
      return new LabError('captureNotPermitted', { detail, instanceId });
    case 'noSuchDevice':
      return new LabError('captureInterfaceMissing', { detail, instanceId, interfaceName });
    case 'filterInvalid':
      return new LabError('filterInvalid', { detail: detail.replace(/^can't parse filter expression: /, '') });
    case 'other':
      return new LabError('captureFailed', { detail });
  }
}
