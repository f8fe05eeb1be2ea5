import type { Vpc } from '../../core/network';
import { prose, type Telling, telling } from '../../core/prose';
import { awsServiceName } from '../../core/serviceNames';
import { dnsAttributesIn } from '../../core/snapshotLookup';
import { check, fails, holds } from '../check';
import { nextForEndpoint, shutGroups } from '../guardedEndpoint';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { hasDnsAttributes, isOnline, livingEndpoints } from '../predicates';
import { type Ground, groundInterface } from './ground';

/** What Session Manager is made of, as names of services: agents of before 3.3.40.0 need `ec2messages` as well. */
const channels = ['ssm', 'ssmmessages'] as const;

/** Step 0 of the labs without a way to the internet: Session Manager through endpoints of its own. */
export const wayInStep = (id: string, ground: Ground): Step => ({
  id,
  title: prose('Get a way in'),
  reason: prose(
    'Nothing from outside reaches a private instance. Session Manager’s agent dials out instead, and where no way leads out it needs endpoints for ssm and ssmmessages. They change nothing for other services: their names still lead outside.',
  ),
  hints: [
    prose(
      'Session Manager needs no open port and no key, but a path to its services. A jump host with agent forwarding, or an EC2 Instance Connect Endpoint, are other ways in; a key that stayed on your computer is refused there as “Permission denied (publickey)”.',
    ),
    prose(
      'Create interface endpoints for ssm and ssmmessages with private DNS. Both DNS attributes of the VPC must be on for that.',
    ),
    prose(
      'Their security group must admit TCP 443 from the VPC. Then wait a minute or two until the agent tries again; restart the instance if it stays away.',
    ),
  ],
  symptoms: [
    {
      seen: prose('Starting a session says: TargetNotConnected'),
      recognise: site => whyOffline(site, ground),
    },
  ],
  done: site =>
    check(() => {
      const instance = ground.findInstance(site);
      if (!instance) return fails(telling(prose('No instance is running yet.')));
      return isOnline(site, instance.id)
        ? holds(telling(prose('Session Manager reaches {0}.'), instance.id), instance.id)
        : fails(telling(prose('Session Manager does not list {0} as online yet.'), instance.id));
    }),
  action: site => {
    const vpc = ground.findVpc(site);
    return vpc && nextForWayIn(site, vpc, ground);
  },
});

const endpointFor = (site: LabSite, vpc: Vpc, channel: string) => {
  const serviceName = awsServiceName(site.snapshot.place.region, channel);
  return livingEndpoints(site.snapshot, vpc.id).find(
    each => each.kind === 'interface' && each.serviceName === serviceName,
  );
};

/** Why the agent cannot get through; undefined when it may be on its way. */
function whyOffline(site: LabSite, ground: Ground): Telling | undefined {
  const vpc = ground.findVpc(site);
  const instance = ground.findInstance(site);
  if (!vpc || !instance || isOnline(site, instance.id)) return undefined;
  const lacking = channels.find(channel => !endpointFor(site, vpc, channel));
  if (lacking)
    return hasDnsAttributes(site.snapshot, vpc.id)
      ? telling(prose('{0} has no endpoint for {1}'), vpc.id, lacking)
      : telling(prose('{0} has no endpoint for {1}: a DNS attribute of the VPC is off'), vpc.id, lacking);
  const found = groundInterface(ground, site);
  for (const channel of channels) {
    const endpoint = endpointFor(site, vpc, channel);
    const shut = endpoint && found && shutGroups(site, endpoint, found.nic);
    if (shut) return telling(prose('security group {0} of the endpoint for {1} does not admit TCP 443'), shut, channel);
  }
  return undefined;
}

function nextForWayIn(site: LabSite, vpc: Vpc, ground: Ground): LabAction | undefined {
  const subnet = ground.findSubnet(site);
  const missing = channels.find(channel => !endpointFor(site, vpc, channel));
  if (!subnet || !missing) return undefined;
  return (
    nextDnsAttribute(site, vpc) ??
    nextForEndpoint(site, {
      service: missing,
      vpc,
      subnet,
      groupName: `${ownName(site)}-way-in`,
      groupDescription: 'Admits HTTPS from the VPC to the endpoints of Session Manager',
    })
  );
}

/** Switches the next DNS attribute of a VPC on; undefined when both are. They take a call each. */
export function nextDnsAttribute({ snapshot }: LabSite, vpc: Vpc): LabAction | undefined {
  if (hasDnsAttributes(snapshot, vpc.id)) return undefined;
  const { enableDnsSupport } = dnsAttributesIn(snapshot, vpc.id);
  const attribute = enableDnsSupport ? 'enableDnsHostnames' : 'enableDnsSupport';
  return { operation: 'setVpcDnsAttribute', vpcId: vpc.id, attribute, isEnabled: true };
}
