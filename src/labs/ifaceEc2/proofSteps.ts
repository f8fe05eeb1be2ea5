import { DEFAULT_FILTER } from '../../core/captureFilter';
import type { CaptureEvidence, Conversation } from '../../core/evidence';
import type { VpcEndpoint } from '../../core/network';
import { prose, type Telling, telling } from '../../core/prose';
import { need } from '../../core/reading';
import { HTTPS } from '../../core/rules/flow';
import { type Check, check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabEvidence } from '../labEvidence';
import type { LabSite } from '../labWorld';
import { leftovers, nothingLeft } from '../leftovers';
import { begunWith, digAddresses, isOpened, isRefused } from '../packetProofs';
import { hasDnsAttributes, interfacesOf } from '../predicates';
import { dnsName, findEndpoint, findInstance, findVpc, needInstance } from './find';

/** 1.6: the name leads inside. */
export const nameStep: Step = {
  id: '1.6',
  title: prose('See the name resolve inside'),
  reason: prose(
    'Programs call EC2 by its public name. With private DNS that name leads to the endpoint’s interfaces inside this VPC, so no program needs to be changed.',
  ),
  hints: [
    prose('Ask the DNS on the instance, not on your own computer.'),
    prose('dig +short prints one address a line.'),
    prose(
      'Compare the answer with the addresses of the endpoint’s interfaces. An old answer may live on for a minute.',
    ),
  ],
  symptoms: [
    { seen: prose('dig prints public addresses'), recognise: (site, evidence) => whyPublicName(site, evidence) },
  ],
  done: proveName,
  proof: proveName,
  action: (site, { commands }) => {
    const instance = findInstance(site);
    if (!instance || commands.dig) return undefined;
    return { operation: 'run', instanceId: instance.id, command: 'dig', commandLine: `dig +short ${dnsName(site)}` };
  },
};

function proveName(site: LabSite, { commands }: LabEvidence): Check {
  return check(() => {
    const answers = digAddresses(commands.dig?.output ?? '');
    if (!commands.dig) return fails(telling(prose('The name has not been asked for on the instance yet.')));
    if (answers.length === 0) return fails(telling(prose('{0} has no address on the instance.'), dnsName(site)));
    const endpoint = findEndpoint(site);
    const inside = addressesOf(site, endpoint);
    const outside = answers.filter(address => !inside.includes(address));
    return outside.length === 0
      ? holds(telling(prose('{0} leads to {1}.'), dnsName(site), answers.join(', ')), ...answers)
      : fails(
          telling(prose('{0} leads to {1}, which is no interface of the endpoint.'), dnsName(site), outside.join(', ')),
        );
  });
}

function addressesOf(site: LabSite, endpoint: VpcEndpoint | undefined): readonly string[] {
  return endpoint ? interfacesOf(site.snapshot, endpoint).map(nic => nic.privateIpAddress) : [];
}

function whyPublicName(site: LabSite, { commands }: LabEvidence): Telling | undefined {
  const endpoint = findEndpoint(site);
  const answers = digAddresses(commands.dig?.output ?? '');
  const inside = addressesOf(site, endpoint);
  if (!endpoint || answers.every(address => inside.includes(address))) return undefined;
  return whyNamesStayPublic(site, endpoint);
}

function whyNamesStayPublic(site: LabSite, endpoint: VpcEndpoint): Telling | undefined {
  if (!endpoint.privateDnsEnabled) return telling(prose('private DNS of endpoint {0} is off'), endpoint.id);
  if (endpoint.state !== 'available') return telling(prose('endpoint {0} is not available'), endpoint.id);
  const vpc = findVpc(site);
  if (!hasDnsAttributes(site.snapshot, vpc.id)) return telling(prose('a DNS attribute of {0} is off'), vpc.id);
  return undefined;
}

/** 1.7: the packets. */
export const captureStep: Step = {
  id: '1.7',
  title: prose('Watch the packets while calling EC2'),
  reason: prose('This is the proof: the destination of the packets, seen on the instance itself.'),
  hints: [
    prose('One shell watches, the other calls.'),
    prose('In the first: sudo tcpdump -nn dst port 443. In the second: aws ec2 describe-instances.'),
    prose('Look at the first SYN: its destination must be an address of the endpoint’s interfaces.'),
  ],
  symptoms: [
    {
      seen: prose('The packets go to a public address'),
      recognise: (site, { captures }) => {
        const endpoint = findEndpoint(site);
        const inside = addressesOf(site, endpoint);
        const capture = captures.describeInstances;
        const isOutside = capture && begunCalls(site, capture).some(({ destination }) => !inside.includes(destination));
        return endpoint && isOutside ? whyNamesStayPublic(site, endpoint) : undefined;
      },
    },
    {
      seen: prose('The command says: UnauthorizedOperation'),
      recognise: (_site, { commands }) =>
        /UnauthorizedOperation/.test(commands.describeInstances?.output ?? '')
          ? telling(prose('the role lacks a policy; the network is fine, since EC2 answered'))
          : undefined,
    },
    {
      seen: prose('The SYN is answered by a reset'),
      recognise: (site, { captures }) => {
        const refused = captures.describeInstances?.conversations.find(isRefused);
        return refused && needInstance(site)
          ? telling(prose('nothing listens at {0}'), refused.destination)
          : undefined;
      },
    },
  ],
  done: proveCapture,
  proof: proveCapture,
  action: (site, { captures }) => {
    const instance = findInstance(site);
    if (!instance || captures.describeInstances) return undefined;
    return {
      operation: 'captureWhile',
      instanceId: instance.id,
      filter: DEFAULT_FILTER,
      command: 'describeInstances',
      commandLine: `aws ec2 describe-instances --region ${site.snapshot.place.region} --cli-connect-timeout 5 --no-cli-pager`,
    };
  },
};

/** Connections to HTTPS that the instance began, those aside whose captured name is another service's. */
function begunCalls(site: LabSite, capture: CaptureEvidence): readonly Conversation[] {
  const found = needInstance(site);
  if (!found) return [];
  return begunWith(capture, found.nic.privateIpAddress, HTTPS).filter(({ destination }) => {
    const names = capture.names.filter(({ addresses }) => addresses.includes(destination)).map(({ name }) => name);
    return names.length === 0 || names.includes(dnsName(site));
  });
}

const openedCalls = (site: LabSite, { captures }: LabEvidence) =>
  captures.describeInstances ? begunCalls(site, captures.describeInstances).filter(isOpened) : [];

function proveCapture(site: LabSite, evidence: LabEvidence): Check {
  return check(() => {
    const capture = evidence.captures.describeInstances;
    const call = evidence.commands.describeInstances;
    if (!capture || !call) return fails(telling(prose('Nothing has been captured yet.')));
    const begun = begunCalls(site, capture);
    if (begun.length === 0) return fails(telling(prose('The instance opened no connection to port 443.')));
    const inside = addressesOf(site, findEndpoint(site));
    const outside = begun.find(({ destination }) => !inside.includes(destination));
    if (outside)
      return fails(
        telling(prose('A connection went to {0}, which is no interface of the endpoint.'), outside.destination),
      );
    const unanswered = begun.find(conversation => !isOpened(conversation));
    if (unanswered) return fails(telling(prose('{0} did not answer.'), unanswered.destination));
    if (call.exitCode !== 0)
      return fails(
        telling(prose('The packets are private, but the command ended with {0}.'), String(call.exitCode ?? '–')),
      );
    if (!listsReservations(call.output)) return fails(telling(prose('The command did not print the instances.')));
    const addresses = [...new Set(begun.map(({ destination }) => destination))];
    return holds(
      telling(prose('Every connection to port 443 went to {0} and was answered.'), addresses.join(', ')),
      ...addresses,
    );
  });
}

function listsReservations(output: string): boolean {
  try {
    const answer: unknown = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
    return typeof answer === 'object' && answer !== null && 'Reservations' in answer;
  } catch {
    // What is no JSON lists nothing.
    return false;
  }
}

/** 1.8: whose address it is. */
export const matchStep: Step = {
  id: '1.8',
  title: prose('Match the address'),
  reason: prose(
    'Any of the endpoint’s interfaces may answer; the one in the instance’s own zone is likely, but not required.',
  ),
  hints: [
    prose('The endpoint’s tab Subnets lists the addresses of its interfaces.'),
    prose('Find the destination of the packets among them.'),
    prose('aws ec2 describe-network-interfaces with the endpoint’s interface ids prints address, subnet and zone.'),
  ],
  symptoms: [],
  done: proveMatch,
  proof: proveMatch,
  action: () => undefined,
};

function proveMatch(site: LabSite, evidence: LabEvidence): Check {
  return check(() => {
    const [conversation] = openedCalls(site, evidence);
    if (!conversation) return fails(telling(prose('No answered connection was captured.')));
    const endpoint = findEndpoint(site);
    const nic =
      endpoint &&
      interfacesOf(site.snapshot, endpoint).find(each => each.privateIpAddress === conversation.destination);
    if (!endpoint || !nic)
      return fails(telling(prose('{0} belongs to no interface of the endpoint.'), conversation.destination));
    const subnet = need(site.snapshot.subnets).find(({ id }) => id === nic.subnetId);
    const text = prose('{0} is {1} of {2}, in {3} ({4}).');
    const zone = subnet?.availabilityZone ?? '?';
    return holds(telling(text, conversation.destination, nic.id, endpoint.id, nic.subnetId, zone), nic.id);
  });
}

/** 1.9: leave nothing behind. */
export const cleanUpStep: Step = {
  id: '1.9',
  title: prose('Clean up'),
  reason: prose('An endpoint costs money for each zone and hour until it is deleted, whether it is used or not.'),
  hints: [
    prose('What uses a thing goes before the thing.'),
    prose(
      'Delete the endpoint first and wait until its interfaces are gone, then instance, security group, profile and role.',
    ),
    prose('A security group whose interfaces still exist answers DependencyViolation: wait, then try again.'),
  ],
  symptoms: [{ seen: prose('Deleting the security group says: DependencyViolation') }],
  done: site => nothingLeft(() => leftovers(site)),
  isCleanUp: true,
  action: () => undefined,
};
