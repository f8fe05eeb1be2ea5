/** A failed file operation, by its errno name. */
export class FileError extends Error {
  constructor(
    readonly code: FileErrorCode,
    path = '',
  ) {
    super(`${code}: ${texts[code].toLowerCase()}, '${path}'`);
  }
}

const texts = {
  ENOENT: 'No such file or directory',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  EEXIST: 'File exists',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  ENOSPC: 'No space left on device',
  EINVAL: 'Invalid argument',
} as const;

export type FileErrorCode = keyof typeof texts;

/** strerror(3) for what a file operation threw. */
export function describeFileError(error: unknown): string {
  return texts[fileErrorCode(error)];
}

/** The in-memory file system puts the errno's name in front of its messages. */
export function fileErrorCode(error: unknown): FileErrorCode {
  if (error instanceof FileError) return error.code;
  const word = /^(E[A-Z]+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return word && word in texts ? (word as FileErrorCode) : 'EINVAL';
}
