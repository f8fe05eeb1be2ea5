import { describeFileError, fileErrorCode } from '../../files/fileError';
import type { Run } from '../../system';
import { expandPath } from './configuration';
import { errorNumber } from './errorNumber';
import { generalFailure } from './failures';

/** Writes streamed content into a file. Throws {@link CliFailure} when it cannot. */
export async function writeOutfile(run: Run, path: string, content: unknown): Promise<void> {
  const files = run.system.disk.as(run.process.user);
  try {
    await files.writeFile(expandPath(run, path), content instanceof Uint8Array ? content : new Uint8Array(0));
  } catch (error) {
    throw generalFailure(`[Errno ${errorNumber(fileErrorCode(error))}] ${describeFileError(error)}: '${path}'`);
  }
}
