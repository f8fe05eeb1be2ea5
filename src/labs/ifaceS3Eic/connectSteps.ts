import { prose, type Telling, telling } from '../../core/prose';
import { groupsOf } from '../../core/snapshotLookup';
import { check, fails, holds } from '../check';
import { ownGroup } from '../choose';
import type { Step } from '../lab';
import type { LabAction } from '../labAction';
import { type LabSite, ownName } from '../labWorld';
import { admitsTcp, letsOutTcp } from '../predicates';
import { groundInterface } from '../privateNetwork/ground';
import { admitTcpFrom, letOutTcp } from '../ruleTemplates';
import { connectGroupName, connectInterface, findConnectEndpoint, ground } from './find';

const SSH = 22;

/** The name of the login among the evidence. */
const login = 'login';

/** 5.3: the way in for SSH. */
export const connectStep: Step = {
  id: '5.3',
  title: prose('Create an EC2 Instance Connect Endpoint'),
  reason: prose(
    'It carries SSH from your computer to a private instance: no public address, no jump host, no key that stays anywhere. AWS checks who you are before it lets you through.',
  ),
  hints: [
    prose('It is a kind of endpoint of its own, beside those for services.'),
    prose('It lives in one subnet and serves its whole VPC. There can be one for each VPC.'),
    prose(
      'Choose the private subnet and a security group of its own; leave “Preserve Client IP” off. It takes a few minutes.',
    ),
  ],
  symptoms: [
    { seen: prose('Creating it says that the VPC has one already: use that one') },
    {
      seen: prose('It ends in create-failed'),
      recognise: site => {
        const endpoint = findConnectEndpoint(site);
        return endpoint?.state === 'createFailed'
          ? telling(prose('AWS could not make {0}: {1}'), endpoint.id, endpoint.stateMessage)
          : undefined;
      },
    },
  ],
  done: site =>
    check(() => {
      const endpoint = findConnectEndpoint(site);
      if (!endpoint) return fails(telling(prose('The VPC has no EC2 Instance Connect Endpoint yet.')));
      return endpoint.state === 'createComplete'
        ? holds(telling(prose('{0} is ready in {1}.'), endpoint.id, endpoint.subnetId), endpoint.id)
        : fails(telling(prose('{0} is not ready yet.'), endpoint.id));
    }),
  action: site => {
    const subnet = ground.findSubnet(site);
    if (!subnet || findConnectEndpoint(site)) return undefined;
    const name = connectGroupName(site);
    const group = ownGroup(site, name);
    return group
      ? {
          operation: 'createInstanceConnectEndpoint',
          name: ownName(site),
          subnetId: subnet.id,
          securityGroupIds: [group.id],
          preservesClientIp: false,
        }
      : {
          operation: 'createSecurityGroup',
          vpcId: subnet.vpcId,
          name,
          description: 'Lets SSH out of the EC2 Instance Connect Endpoint',
        };
  },
};

const isLetOut = (site: LabSite): boolean => {
  const nic = connectInterface(site);
  const found = groundInterface(ground, site);
  return nic !== undefined && found !== undefined && letsOutTcp(site.snapshot, nic, found.nic.privateIpAddress, SSH);
};

/** Whom the instance sees: the endpoint, or the student whose address nobody here knows. */
function isLetIn(site: LabSite): boolean {
  const nic = connectInterface(site);
  const found = groundInterface(ground, site);
  const endpoint = findConnectEndpoint(site);
  if (!nic || !found || !endpoint) return false;
  const groups = groupsOf(site.snapshot, found.nic);
  if (!endpoint.preservesClientIp) return admitsTcp(site.snapshot, groups, nic, SSH);
  const vpc = ground.findVpc(site);
  return groups.some(({ rules }) =>
    rules.some(
      ({ direction, fromPort, toPort, peer }) =>
        direction === 'ingress' &&
        (fromPort ?? SSH) <= SSH &&
        (toPort ?? SSH) >= SSH &&
        peer.kind === 'cidr' &&
        !vpc?.cidrBlocks.includes(peer.cidr),
    ),
  );
}

/** 5.4: its groups. */
export const connectGroupsStep: Step = {
  id: '5.4',
  title: prose('Let SSH out of the endpoint and in to the instance'),
  reason: prose(
    'The endpoint opens the connection to port 22. So its group needs an outbound rule and the instance’s group an inbound one; inbound rules of the endpoint’s group are never looked at.',
  ),
  hints: [
    prose('Follow the connection: out of the endpoint, in to the instance.'),
    prose('A new group lets everything out. The instance’s group admits nothing yet.'),
    prose(
      'Add an inbound rule to the instance’s group: TCP 22 from the endpoint’s group. With “Preserve Client IP” it has to be your own address.',
    ),
  ],
  symptoms: [
    {
      seen: prose('The login hangs, then fails'),
      recognise: whyShut,
    },
  ],
  done: site =>
    check(() => {
      const nic = connectInterface(site);
      const found = groundInterface(ground, site);
      if (!nic || !found) return fails(telling(prose('The endpoint has no interface yet.')));
      const { privateIpAddress } = found.nic;
      if (!isLetOut(site))
        return fails(telling(prose('The endpoint’s group does not let TCP 22 out to {0}.'), privateIpAddress));
      return isLetIn(site)
        ? holds(telling(prose('TCP 22 gets from {0} to {1}.'), nic.privateIpAddress, privateIpAddress))
        : fails(telling(prose('The group of {0} does not admit TCP 22 from the endpoint.'), found.instance.id));
    }),
  action: nextRule,
};

function nextRule(site: LabSite): LabAction | undefined {
  const endpoint = findConnectEndpoint(site);
  const found = groundInterface(ground, site);
  const [connectGroup] = endpoint?.securityGroupIds ?? [];
  const [instanceGroup] = found?.nic.securityGroupIds ?? [];
  if (!found || !connectGroup || !instanceGroup || endpoint?.preservesClientIp) return undefined;
  if (!isLetOut(site)) {
    const rule = letOutTcp(SSH, `${found.nic.privateIpAddress}/32`);
    return { operation: 'addSecurityGroupRule', groupId: connectGroup, rule };
  }
  return isLetIn(site)
    ? undefined
    : { operation: 'addSecurityGroupRule', groupId: instanceGroup, rule: admitTcpFrom(SSH, connectGroup) };
}

function whyShut(site: LabSite): Telling | undefined {
  const endpoint = findConnectEndpoint(site);
  const found = groundInterface(ground, site);
  if (endpoint?.state !== 'createComplete' || !found) return undefined;
  const { id } = found.instance;
  if (!isLetOut(site))
    return telling(
      prose('security group {0} of {1} does not let TCP 22 out to {2}; its inbound rules do not count'),
      endpoint.securityGroupIds.join(', '),
      endpoint.id,
      id,
    );
  if (isLetIn(site)) return undefined;
  const groups = found.nic.securityGroupIds.join(', ');
  return endpoint.preservesClientIp
    ? telling(
        prose('{0} preserves your own address, so security group {1} of {2} has to admit TCP 22 from that'),
        endpoint.id,
        groups,
        id,
      )
    : telling(prose('security group {0} of {1} does not admit TCP 22 from {2}'), groups, id, endpoint.id);
}

/** 5.5: the login. */
export const loginStep: Step = {
  id: '5.5',
  title: prose('Log in through it'),
  reason: prose(
    'A key that is made for this one login is pushed to the instance for 60 seconds, and the connection goes through the endpoint. The instance sees the endpoint’s address.',
  ),
  hints: [
    prose('In the console: Connect, EC2 Instance Connect, with a private address.'),
    prose('In VS Code: the instance’s menu, Connect through an EC2 Instance Connect Endpoint.'),
    prose(
      'aws ec2-instance-connect ssh --instance-id i-… --connection-type eice. You need the rights ec2-instance-connect:OpenTunnel and SendSSHPublicKey.',
    ),
  ],
  symptoms: [
    { seen: prose('The login hangs, then fails'), recognise: whyShut },
    {
      seen: prose('Permission denied (publickey)'),
      recognise: (_site, { commands }) =>
        commands[login]?.refusal === 'loginRefused'
          ? telling(prose('the image lacks the package ec2-instance-connect, which fetches the pushed key'))
          : undefined,
    },
  ],
  done: (site, { commands }) =>
    check(() => {
      const result = commands[login];
      const endpoint = findConnectEndpoint(site);
      if (!result || !endpoint) return fails(telling(prose('Nobody has logged in through the endpoint yet.')));
      if (result.refusal !== undefined || result.exitCode !== 0)
        return fails(telling(prose('The login through {0} failed.'), endpoint.id));
      const text = prose('A shell came through {0}; the instance saw {1}.');
      return holds(telling(text, endpoint.id, result.output.trim().split('\n').at(-1) ?? ''), endpoint.id);
    }),
  action: (site, { commands }) => {
    const instance = ground.findInstance(site);
    const endpoint = findConnectEndpoint(site);
    if (!instance || endpoint?.state !== 'createComplete' || commands[login]) return undefined;
    return {
      operation: 'logIn',
      instanceId: instance.id,
      endpointId: endpoint.id,
      command: login,
      commandLine: `whoami; echo \${SSH_CONNECTION%% *}`,
    };
  },
};
