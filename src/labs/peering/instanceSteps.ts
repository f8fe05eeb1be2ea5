import { prose, type Telling, telling } from '../../core/prose';
import { check, fails, holds } from '../check';
import { ownGroup } from '../choose';
import { isReached, launchWithRole, whyOffline } from '../instanceParts';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import type { LabSite } from '../labWorld';
import { admitsPing } from '../predicates';
import { nextForInternet } from '../publicNetwork';
import { admitIcmp } from '../ruleTemplates';
import { nextForB } from './connectionSteps';
import { findInstance, findInterface, findSubnet, findVpc, otherSide, type Side, sideName } from './find';

const sides: readonly Side[] = ['A', 'B'];

/** 4.6: somebody on either side. */
export const instancesStep: Step = {
  id: '4.6',
  title: prose('Launch an instance in each VPC'),
  reason: prose(
    'Ping needs two ends. To reach them by Session Manager both need a way to AWS: here each VPC’s own internet gateway. In subnets without one it takes endpoints for ssm and ssmmessages; a jump host or an EC2 Instance Connect Endpoint are other ways in.',
  ),
  hints: [
    prose('Two small instances, one in each VPC.'),
    prose('The second VPC needs an internet gateway, a route to it, and a public address for its instance.'),
    prose(
      'Amazon Linux 2023, t2.micro, a role with AmazonSSMManagedInstanceCore, and a security group of its own on each side.',
    ),
  ],
  symptoms: [
    {
      seen: prose('An instance runs, and Session Manager never lists it'),
      recognise: site => whyOffline(site, findInstance(site, 'A')) ?? whyOffline(site, findInstance(site, 'B')),
    },
  ],
  done: site =>
    check(() => {
      const first = isReached(site, findInstance(site, 'A'));
      return first.state === 'holds' ? isReached(site, findInstance(site, 'B')) : first;
    }),
  action: site => sides.map(side => nextForInstance(site, side)).find(action => action !== undefined),
};

function nextForInstance(site: LabSite, side: Side): LabAction | undefined {
  const vpc = findVpc(site, side);
  const subnet = findSubnet(site, side);
  if (!vpc || !subnet || findInstance(site, side)) return undefined;
  const name = sideName(site, side);
  const wayOut = side === 'B' ? (nextForB(site) ?? nextForInternet(site, name, vpc, subnet)) : undefined;
  if (wayOut) return wayOut;
  const group = ownGroup(site, sideName(site, side));
  if (!group)
    return { operation: 'createSecurityGroup', vpcId: vpc.id, name, description: 'Guards an instance of the lab' };
  return launchWithRole(site, { name, subnetId: subnet.id, securityGroupIds: [group.id], hasPublicAddress: true });
}

/** Why the side's instance does not hear the other's ping. */
function whyDeaf(site: LabSite, side: Side): Telling | undefined {
  const [here, there] = [findInterface(site, side), findInterface(site, otherSide(side))];
  if (!here || !there || admitsPing(site.snapshot, here, there)) return undefined;
  return telling(
    prose('security group {0} of {1} does not admit ICMP from {2}'),
    here.securityGroupIds.join(', '),
    here.instanceId ?? here.id,
    there.privateIpAddress,
  );
}

/** 4.7: ICMP on both sides. */
export const groupsStep: Step = {
  id: '4.7',
  title: prose('Let both instances hear a ping'),
  reason: prose(
    'What a group does not admit is dropped in silence: from outside it looks just like a missing route. Only a capture on the target tells them apart.',
  ),
  hints: [
    prose('Ping is neither TCP nor UDP.'),
    prose('An inbound rule for ICMP on each side, from the other side’s range.'),
    prose('In the same region a rule may name the peer’s group instead; across regions only ranges work.'),
  ],
  symptoms: [
    {
      seen: prose('Ping loses everything, and no error comes back'),
      recognise: site => whyDeaf(site, 'B') ?? whyDeaf(site, 'A'),
    },
  ],
  done: site =>
    check(() => {
      const [a, b] = [findInterface(site, 'A'), findInterface(site, 'B')];
      if (!a || !b) return fails(telling(prose('There are not two instances yet.')));
      const deaf = [b, a].find(nic => !admitsPing(site.snapshot, nic, nic === a ? b : a));
      return deaf
        ? fails(telling(prose('{0} does not hear the other’s ping.'), deaf.instanceId ?? deaf.id))
        : holds(telling(prose('{0} and {1} admit ICMP from each other.'), a.privateIpAddress, b.privateIpAddress));
    }),
  action: site => {
    const deaf = sides.find(side => whyDeaf(site, side));
    const cidr = deaf && findVpc(site, otherSide(deaf))?.cidrBlocks[0];
    const [groupId] = (deaf && findInterface(site, deaf)?.securityGroupIds) ?? [];
    return cidr && groupId ? { operation: 'addSecurityGroupRule', groupId, rule: admitIcmp(cidr) } : undefined;
  },
};
