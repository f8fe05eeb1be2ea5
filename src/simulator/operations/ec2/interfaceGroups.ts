import { ServiceFault } from '../../protocols/serviceFault';

/** "Amazon VPC quotas": security groups of one network interface. */
const maximumGroups = 5;

/** Refuses more security groups than an interface can have. */
export function checkGroupCount(ids: readonly string[]): void {
  if (ids.length > maximumGroups)
    throw new ServiceFault(
      'SecurityGroupsPerInterfaceLimitExceeded',
      'The maximum number of security groups per interface has been reached.',
    );
}
