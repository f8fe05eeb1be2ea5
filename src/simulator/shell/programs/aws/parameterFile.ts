/** `file://` and `fileb://` (aws/aws-cli:awscli/paramfile.py). */
import { describeFileError, fileErrorCode } from '../../files/fileError';
import { errorNumber } from './errorNumber';
import { parameterError } from './parameterValues';

/** Reads a file whose path may begin with `~` or hold variables. Rejects with a file error. */
export type ReadBytes = (path: string) => Promise<Uint8Array>;

/** The content when the value names a file: text, or bytes for `fileb://`. Rejects with {@link CommandLineError}. */
export async function readParameterFile(
  name: string,
  value: string,
  readBytes: ReadBytes,
): Promise<string | Uint8Array | undefined> {
  const [, scheme, path] = /^(fileb?):\/\/(.*)$/s.exec(value) ?? [];
  if (path === undefined) return undefined;
  const bytes = await readOrComplain(name, value, path, readBytes);
  if (scheme === 'fileb') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const advice = 'If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.';
    throw parameterError(name, `Unable to load paramfile (${path}), text contents could not be decoded.  ${advice}`);
  }
}

async function readOrComplain(name: string, value: string, path: string, readBytes: ReadBytes): Promise<Uint8Array> {
  try {
    return await readBytes(path);
  } catch (error) {
    const reason = `[Errno ${errorNumber(fileErrorCode(error))}] ${describeFileError(error)}: '${path}'`;
    throw parameterError(name, `Unable to load paramfile ${value}: ${reason}`);
  }
}
