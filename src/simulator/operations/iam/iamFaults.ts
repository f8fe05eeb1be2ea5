import { ServiceFault } from '../../protocols/serviceFault';

export const noSuchEntity = (message: string) => new ServiceFault('NoSuchEntity', message, 404);
export const alreadyExists = (message: string) => new ServiceFault('EntityAlreadyExists', message, 409);
export const deleteConflict = (message: string) => new ServiceFault('DeleteConflict', message, 409);
export const limitExceeded = (quota: string, most: number) =>
  new ServiceFault('LimitExceeded', `Cannot exceed quota for ${quota}: ${most}`, 409);

export const limitExceededBecause = (message: string) => new ServiceFault('LimitExceeded', message, 409);

const nameForm = /^[\w+=,.@-]+$/;
const pathForm = /^(?:\/|\/[!-~]+\/)$/;

/** Refuses names and paths that IAM does not allow ("IAM name requirements"). */
export function checkName(member: string, name: string, longest: number): void {
  if (name.length > longest) throw invalid(member, name, `Member must have length less than or equal to ${longest}`);
  if (!nameForm.test(name)) throw invalid(member, name, 'Member must satisfy regular expression pattern: [\\w+=,.@-]+');
}

export function checkPath(path: string): void {
  if (!pathForm.test(path))
    throw invalid(
      'path',
      path,
      'Member must satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)',
    );
}

function invalid(member: string, value: string, constraint: string): ServiceFault {
  return new ServiceFault(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
