import { prose, telling } from '../../core/prose';
import { check, fails, holds } from '../check';
import { ownGroup } from '../choose';
import { launchWithRole } from '../instanceParts';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { type RoleAction, roleAllows, roleOfProfile } from '../predicates';
import type { Ground } from './ground';

/** What the instance's role is for. */
export interface Rights {
  /** What its commands do first. */
  readonly action: RoleAction;
  /** AWS's policy that allows it. */
  readonly policy: string;
}

export const instanceGroupName = (site: LabSite) => `${ownName(site)}-instance`;

/** An instance in the private subnet, with a role and a security group of its own. */
export const instanceStep = (id: string, ground: Ground, rights: Rights): Step => ({
  id,
  title: prose('Launch an instance in the private subnet, with a role'),
  reason: prose(
    'The proof is made where programs run. Without a role a command fails for a reason that has nothing to do with the network.',
  ),
  hints: [
    prose('An instance wears an instance profile, and the profile holds a role.'),
    prose('The role needs a policy for what the lab calls, and AmazonSSMManagedInstanceCore for Session Manager.'),
    prose(
      'Launch Amazon Linux 2023 in the private subnet, without a public address, with the profile and a security group of its own that admits nothing.',
    ),
  ],
  symptoms: [
    {
      seen: prose('Commands say: Unable to locate credentials'),
      recognise: (site, { commands }) => {
        const instance = ground.findInstance(site);
        if (instance && instance.instanceProfileArn === undefined)
          return telling(prose('instance {0} wears no role; that is no fault of the network'), instance.id);
        const output = Object.values(commands).map(result => result?.output ?? '');
        return output.some(text => /Unable to locate credentials/.test(text))
          ? telling(prose('the instance wears no role, or one that EC2 may not assume'))
          : undefined;
      },
    },
    {
      seen: prose('Commands say: AccessDenied or UnauthorizedOperation'),
      recognise: site => {
        const worn = ground.findInstance(site)?.instanceProfileArn;
        const role = worn === undefined ? undefined : roleOfProfile(site, worn);
        return role && !roleAllows(role, rights.action)
          ? telling(prose('role {0} lacks a policy that allows {1}'), role.roleName, rights.action)
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const instance = ground.findInstance(site);
      if (!instance) return fails(telling(prose('No instance for the lab runs in the private subnet yet.')));
      if (!instance.instanceProfileArn) return fails(telling(prose('Instance {0} wears no role.'), instance.id));
      const role = roleOfProfile(site, instance.instanceProfileArn);
      if (!role || !roleAllows(role, rights.action))
        return fails(telling(prose('The role of instance {0} does not allow {1}.'), instance.id, rights.action));
      if (instance.state !== 'running') return fails(telling(prose('Instance {0} is not running yet.'), instance.id));
      const text = prose('Instance {0} runs at {1} with role {2}.');
      return holds(telling(text, instance.id, instance.privateIpAddress ?? '', role.roleName), instance.id);
    }),
  action: site => nextForInstance(site, ground, rights),
});

function nextForInstance(site: LabSite, ground: Ground, rights: Rights): LabAction | undefined {
  const subnet = ground.findSubnet(site);
  if (!subnet || ground.findInstance(site)) return undefined;
  const group = ownGroup(site, instanceGroupName(site));
  if (!group)
    return {
      operation: 'createSecurityGroup',
      vpcId: subnet.vpcId,
      name: instanceGroupName(site),
      description: 'Lets the instance of the lab out and nobody in',
    };
  const wanted = { name: ownName(site), subnetId: subnet.id, securityGroupIds: [group.id] };
  return launchWithRole(site, { ...wanted, policies: [rights.policy] });
}
