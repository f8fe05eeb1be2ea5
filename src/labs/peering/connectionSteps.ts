import type { Vpc } from '../../core/network';
import { prose, type Telling, telling } from '../../core/prose';
import { need } from '../../core/reading';
import { check, fails, holds } from '../check';
import { isOwn } from '../choose';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { hasOwnTable } from '../predicates';
import { nextForNetwork } from '../publicNetwork';
import { areDisjoint, findFailedPeering, findPeering, findSubnet, findVpc, sideName } from './find';

/** 4.1: two VPCs whose ranges have nothing in common. */
export const vpcsStep: Step = {
  id: '4.1',
  title: prose('Have two VPCs with ranges that do not overlap'),
  reason: prose(
    'An address must say by itself in which VPC it is. AWS looks at all ranges of both VPCs, the secondary ones too, and does not peer two that overlap.',
  ),
  hints: [
    prose('One VPC is there already: the default VPC, 172.31.0.0/16.'),
    prose('The other one needs a range outside of it.'),
    prose('Create a VPC with 10.0.0.0/16, in it a subnet with 10.0.1.0/24, and a route table for the subnet.'),
  ],
  symptoms: [
    {
      seen: prose('The request for peering goes to failed'),
      recognise: whyRequestFails,
    },
  ],
  done: site =>
    check(() => {
      const [a, b] = [findVpc(site, 'A'), findVpc(site, 'B')];
      if (!a || !b) return fails(telling(prose('There is no second VPC yet.')));
      if (!areDisjoint(a, b)) return fails(telling(prose('The ranges of {0} and {1} overlap.'), a.id, b.id));
      const subnet = findSubnet(site, 'B');
      if (!subnet) return fails(telling(prose('{0} has no subnet yet.'), b.id));
      if (isOwn(site, subnet) && !hasOwnTable(site.snapshot, subnet))
        return fails(telling(prose('Subnet {0} has no route table of its own yet.'), subnet.id));
      const text = prose('{0} has {1}, and {2} has {3}: nothing in common.');
      return holds(telling(text, a.id, a.cidrBlocks.join(', '), b.id, b.cidrBlocks.join(', ')), a.id, b.id);
    }),
  action: site => nextForB(site),
};

function whyRequestFails(site: LabSite): Telling | undefined {
  const failed = findFailedPeering(site);
  const a = findVpc(site, 'A');
  const asked = need(site.snapshot.vpcs).find(({ id }) => id === failed?.accepter.vpcId);
  const b = asked ?? findVpc(site, 'B');
  const ranges = (vpc: Vpc) => vpc.cidrBlocks.join(', ');
  if (a && b && !areDisjoint(a, b))
    return telling(prose('the ranges of {0} ({1}) and {2} ({3}) overlap'), a.id, ranges(a), b.id, ranges(b));
  return failed
    ? telling(prose('the request named a VPC, an account or a region that does not fit: {0}'), failed.statusMessage)
    : undefined;
}

/** Everything in B but its way out. */
export function nextForB(site: LabSite): LabAction | undefined {
  const wanted = { name: sideName(site, 'B'), cidrBlock: '10.0.0.0/16', subnetCidrBlock: '10.0.1.0/24' };
  return nextForNetwork(site, wanted, { vpc: findVpc(site, 'B'), subnet: findSubnet(site, 'B') });
}

/** 4.2: the request. */
export const requestStep: Step = {
  id: '4.2',
  title: prose('Ask for the peering'),
  reason: prose(
    'One side asks, the other accepts: they may belong to different people. For another account or region the request names both, and cross-region peering has an MTU of 1500 and no rules that name the other side’s groups.',
  ),
  hints: [
    prose('VPC console, peering connections.'),
    prose(
      'The requester is the default VPC, the accepter the other one; here both are of the same account and region.',
    ),
    prose('aws ec2 create-vpc-peering-connection with both VPCs. A moment later its state is pending-acceptance.'),
  ],
  symptoms: [],
  done: site =>
    check(() => {
      const peering = findPeering(site);
      const failed = findFailedPeering(site);
      if (!peering)
        return failed
          ? fails(telling(prose('Request {0} has failed: {1}'), failed.id, failed.statusMessage))
          : fails(telling(prose('Nobody has asked for a peering yet.')));
      return peering.state === 'initiatingRequest'
        ? fails(telling(prose('Request {0} is under way.'), peering.id))
        : holds(telling(prose('{0} asks {1}.'), peering.requester.vpcId, peering.accepter.vpcId), peering.id);
    }),
  action: site => {
    const [a, b] = [findVpc(site, 'A'), findVpc(site, 'B')];
    if (!a || !b || findPeering(site) || findFailedPeering(site)) return undefined;
    const { accountId, region } = site.snapshot.place;
    return {
      operation: 'createPeeringConnection',
      name: ownName(site),
      vpcId: a.id,
      peerVpcId: b.id,
      peerAccountId: accountId,
      peerRegion: region,
    };
  },
};

/** 4.3: the answer. */
export const acceptStep: Step = {
  id: '4.3',
  title: prose('Accept it'),
  reason: prose(
    'Until the accepter’s owner accepts, in the accepter’s account and region, nothing goes through. After seven days the request expires.',
  ),
  hints: [
    prose('The request waits for an answer.'),
    prose('Accept it as the owner of the second VPC.'),
    prose('aws ec2 accept-vpc-peering-connection; the state becomes active.'),
  ],
  symptoms: [
    {
      seen: prose('The state stays pending-acceptance; routes to it are blackhole'),
      recognise: site => {
        const peering = findPeering(site);
        return peering?.state === 'pendingAcceptance'
          ? telling(prose('nobody has accepted {0} on the side of {1}'), peering.id, peering.accepter.vpcId)
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const peering = findPeering(site);
      if (!peering) return fails(telling(prose('There is no request to accept.')));
      return peering.state === 'active'
        ? holds(telling(prose('Peering {0} is active.'), peering.id), peering.id)
        : fails(telling(prose('Peering {0} is not active yet.'), peering.id));
    }),
  action: site => {
    const peering = findPeering(site);
    return peering?.state === 'pendingAcceptance'
      ? { operation: 'acceptPeeringConnection', peeringConnectionId: peering.id }
      : undefined;
  },
};
