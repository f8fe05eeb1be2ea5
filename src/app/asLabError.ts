import { LabError } from '../core/errors';

/** What a port rejected with, as one of ours. Ports promise a `LabError`; anything else is a fault of this program. */
export function asLabError(caught: unknown): LabError {
  if (caught instanceof LabError) return caught;
  const detail = caught instanceof Error ? caught.message : String(caught);
  return new LabError('internal', { detail }, { cause: caught });
}
