import { managedPolicyArn } from '../../core/partition';
import type { ProfileRole } from '../../core/ports/roleGateway';
import { prose, telling } from '../../core/prose';
import { check, fails, holds } from '../check';
import { labImage, labInstanceType } from '../instanceParts';
import type { Step } from '../lab';
import { ownName, ownProfileArn } from '../labWorld';
import { isOnline, roleAllows, roleOfProfile, trustsEc2 } from '../predicates';
import { defaultGroups } from '../vpcParts';
import { findInstance, findVpc, subnetPerZone } from './find';

/** 1.1: a role with read-only rights, in a profile that an instance can wear. */
export const roleStep: Step = {
  id: '1.1',
  title: prose('Make a role for EC2 with read-only rights'),
  reason: prose(
    'Commands on an instance sign with the role that it wears. Without rights a call fails for a reason that has nothing to do with the network, and the proof would prove nothing.',
  ),
  hints: [
    prose('An instance wears an instance profile, and the profile holds a role.'),
    prose('In IAM, create a role that EC2 may assume, with the managed policy AmazonEC2ReadOnlyAccess.'),
    prose(
      'Attach AmazonSSMManagedInstanceCore as well, so that Session Manager can reach the instance. With the command line, create the instance profile yourself; the console does it silently.',
    ),
  ],
  symptoms: [
    {
      seen: prose('The command on the instance says: Unable to locate credentials'),
      recognise: (_site, { commands }) =>
        /Unable to locate credentials/.test(commands.describeInstances?.output ?? '')
          ? telling(prose('the instance wears no role, or one that EC2 may not assume'))
          : undefined,
    },
  ],
  done: site =>
    check(() => {
      const worn = findInstance(site)?.instanceProfileArn;
      const arns = worn ? [worn, ownProfileArn(site)] : [ownProfileArn(site)];
      const roles = arns.flatMap(arn => roleOfProfile(site, arn) ?? []);
      const [role] = roles;
      if (!role) return fails(telling(prose('No instance profile holds a role for this lab yet.')));
      const trusts = (each: ProfileRole) => trustsEc2(each, site.snapshot.place.region);
      const good = roles.find(each => trusts(each) && roleAllows(each, 'ec2:DescribeInstances'));
      if (good) return holds(telling(prose('Role {0} may describe instances.'), good.roleName), good.roleName);
      return trusts(role)
        ? fails(telling(prose('Role {0} lacks a policy that allows ec2:DescribeInstances.'), role.roleName))
        : fails(telling(prose('Role {0} does not trust ec2.amazonaws.com.'), role.roleName));
    }),
  action: site => ({
    operation: 'createInstanceRole',
    name: ownName(site),
    policyArns: ['AmazonEC2ReadOnlyAccess', 'AmazonSSMManagedInstanceCore'].map(policy =>
      managedPolicyArn(site.snapshot.place.region, policy),
    ),
    trustedService: 'ec2.amazonaws.com',
  }),
};

/** 1.2: an instance that wears it. */
export const launchStep: Step = {
  id: '1.2',
  title: prose('Launch an instance with the role'),
  reason: prose('The proof is made where programs run: on an instance, whose packets can be seen.'),
  hints: [
    prose('Any small instance in the default VPC will do.'),
    prose('Choose Amazon Linux 2023 and the instance profile of step 1.1.'),
    prose('A profile that was created seconds ago may be refused as invalid: wait 15 seconds and try again.'),
  ],
  symptoms: [
    {
      seen: prose('Launching says: Invalid IAM Instance Profile name'),
    },
  ],
  done: site =>
    check(() => {
      const instance = findInstance(site);
      if (!instance) return fails(telling(prose('No instance is running yet.')));
      if (instance.state !== 'running') return fails(telling(prose('Instance {0} is not running yet.'), instance.id));
      if (!instance.instanceProfileArn) return fails(telling(prose('Instance {0} wears no role.'), instance.id));
      const role = roleOfProfile(site, instance.instanceProfileArn);
      if (!role || !roleAllows(role, 'ec2:DescribeInstances')) {
        return fails(telling(prose('The role of instance {0} may not describe instances.'), instance.id));
      }
      const address = instance.privateIpAddress ?? '';
      return holds(
        telling(prose('Instance {0} runs at {1} with role {2}.'), instance.id, address, role.roleName),
        instance.id,
      );
    }),
  action: site => {
    const [subnet] = subnetPerZone(site);
    if (!subnet || findInstance(site)) return undefined;
    return {
      operation: 'launchInstance',
      name: ownName(site),
      imageParameter: labImage,
      instanceType: labInstanceType,
      subnetId: subnet.id,
      securityGroupIds: defaultGroups(site, findVpc(site).id).map(({ id }) => id),
      instanceProfileName: ownName(site),
    };
  },
};

/** 1.3: a way in. */
export const wayInStep: Step = {
  id: '1.3',
  title: prose('Get a way in'),
  reason: prose('Two shells are needed: one that watches the packets, and one that makes them.'),
  hints: [
    prose('Session Manager needs no open port and no key.'),
    prose(
      'The instance’s agent dials out. It needs the policy AmazonSSMManagedInstanceCore and a path to Session Manager.',
    ),
    prose('A new instance takes a minute or two until Session Manager lists it as online.'),
  ],
  symptoms: [],
  done: site =>
    check(() => {
      const instance = findInstance(site);
      if (!instance) return fails(telling(prose('No instance is running yet.')));
      return isOnline(site, instance.id)
        ? holds(telling(prose('Session Manager reaches {0}.'), instance.id), instance.id)
        : fails(telling(prose('Session Manager does not list {0} as online yet.'), instance.id));
    }),
  action: () => undefined,
};
