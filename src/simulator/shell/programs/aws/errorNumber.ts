import type { FileErrorCode } from '../../files/fileError';

/** errno(3) on Linux, which Python puts into its messages. */
const numbers: Readonly<Record<FileErrorCode, number>> = {
  EPERM: 1,
  ENOENT: 2,
  EACCES: 13,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENOSPC: 28,
  ENOTEMPTY: 39,
  ELOOP: 40,
};

export function errorNumber(code: FileErrorCode): number {
  return numbers[code];
}
