import { ServiceFault } from '../../protocols/serviceFault';

/** What Systems Manager says when a member breaks the API model. `value` as it is shown: quoted, or `null`. */
export function invalidMember(value: string, member: string, constraint: string): ServiceFault {
  return new ServiceFault(
    'ValidationException',
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** Throws for a page size outside of 1 to `most`. */
export function checkPageSize(size: number, most: number): void {
  if (size < 1) throw invalidMember(`'${size}'`, 'maxResults', 'Member must have value greater than or equal to 1');
  if (size > most)
    throw invalidMember(`'${size}'`, 'maxResults', `Member must have value less than or equal to ${most}`);
}
