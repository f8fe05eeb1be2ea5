/** How AWS KMS refuses ("AWS Key Management Service API Reference"). */
import { ServiceFault } from '../../protocols/serviceFault';
import type { KmsKey } from '../../world/kmsKeys';

export function notFound(message: string): ServiceFault {
  return new ServiceFault('NotFoundException', message);
}

export function invalid(message: string): ServiceFault {
  return new ServiceFault('ValidationException', message);
}

/** What does not fit a member's limits. */
export function constraint(member: string, value: unknown, rule: string): ServiceFault {
  return invalid(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have ${rule}`,
  );
}

/** Refuses what a key in its state cannot do. */
export function checkUsable({ arn, state }: KmsKey): void {
  if (state === 'Disabled') throw new ServiceFault('DisabledException', `${arn} is disabled.`);
  if (state === 'PendingDeletion') throw invalidState(arn);
}

export function invalidState(arn: string): ServiceFault {
  return new ServiceFault('KMSInvalidStateException', `${arn} is pending deletion.`);
}

/** Refuses an input that has one of these members, by the member's name. */
export function refuseMembers(input: object, names: readonly string[]): void {
  for (const name of names) {
    const value = (input as Readonly<Record<string, unknown>>)[name];
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!isEmpty)
      throw new ServiceFault(
        'UnsupportedOperationException',
        `The practice cloud does not simulate ${name} of AWS KMS.`,
      );
  }
}

export function refuseDryRun(input: { readonly DryRun?: boolean | undefined }): void {
  if (input.DryRun)
    throw new ServiceFault(
      'DryRunOperationException',
      'The request would have succeeded, but the DryRun option is set.',
    );
}
