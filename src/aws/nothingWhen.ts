import { type ErrorCode, LabError } from '../core/errors';

/** Undefined in place of an error that says "there is no such thing". */
export async function nothingWhen<T>(code: ErrorCode, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof LabError && error.code === code) return undefined;
    throw error;
  }
}
