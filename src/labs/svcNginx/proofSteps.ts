import type { Conversation } from '../../core/evidence';
import type { VpcEndpoint } from '../../core/network';
import { prose, telling } from '../../core/prose';
import { groupsOf } from '../../core/snapshotLookup';
import { type Check, check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabEvidence } from '../labEvidence';
import type { LabSite, LabWorld } from '../labWorld';
import { leftovers, nothingLeft } from '../leftovers';
import { begunWith, isDropped, isOpened, isRefused } from '../packetProofs';
import { admitsTcp, flows, interfaceOf, interfacesOf } from '../predicates';
import {
  consumerOf,
  findBalancer,
  findClient,
  findEndpoint,
  findListener,
  findServer,
  HTTP,
  isWelcome,
  nodesOf,
  providerOf,
  targetsOf,
} from './find';

const regionalName = (endpoint: VpcEndpoint) => endpoint.dnsEntries[0]?.name ?? '';

function endpointInterfaces(site: LabSite, world: LabWorld) {
  const endpoint = findEndpoint(site, providerOf(world));
  return endpoint ? interfacesOf(site.snapshot, endpoint) : [];
}

/** What was seen of the calls by name and by address. */
const watchedIn = ({ captures }: LabEvidence): readonly Conversation[] =>
  [captures.curl, captures.everyAddress].flatMap(capture => capture?.conversations ?? []);

/** 6.19: nginx, from another account. */
export const useStep: Step = {
  id: '6.19',
  account: 'consumer',
  title: prose('Call nginx from the other account'),
  reason: prose(
    'This is the proof: the page comes, and the packets go to addresses of the consumer’s own VPC. Every address is tried, because one that works says nothing about the others.',
  ),
  hints: [
    prose('The endpoint has a DNS name of its own.'),
    prose('In one shell: sudo tcpdump -nn port 80. In the other: curl with the endpoint’s first DNS name.'),
    prose('curl http://vpce-…vpce-svc-….REGION.vpce.amazonaws.com/; then each address of dig +short by itself.'),
  ],
  symptoms: [
    {
      seen: prose('The SYN is answered by a reset: curl says (7) or (56)'),
      recognise: (_site, evidence, world) => {
        const provider = providerOf(world);
        const isRefusedSomewhere = watchedIn(evidence).some(isRefused);
        const isServed = targetsOf(provider).some(({ health }) => health === 'healthy');
        return isRefusedSomewhere && findListener(provider) && !isServed
          ? telling(prose('no target of {0} is healthy'), findBalancer(provider)?.name ?? '')
          : undefined;
      },
    },
    {
      seen: prose('The same SYN again and again: curl says (28)'),
      recognise: (site, evidence, world) => {
        const dropped = watchedIn(evidence).find(isDropped);
        const aim =
          dropped && endpointInterfaces(site, world).find(each => each.privateIpAddress === dropped.destination);
        const client = findClient(site, providerOf(world));
        const nic = client && interfaceOf(site.snapshot, client);
        if (!aim || !nic || !admitsTcp(site.snapshot, groupsOf(site.snapshot, aim), nic, HTTP)) return undefined;
        return flows(site.snapshot, nic, aim, HTTP)
          ? undefined
          : telling(prose('a network ACL or a rule of {0}’s group drops TCP 80 to {1}'), nic.id, aim.privateIpAddress);
      },
    },
  ],
  done: proveUse,
  proof: proveUse,
  action: (site, { captures }, world) => {
    const provider = providerOf(world);
    const client = findClient(site, provider);
    const endpoint = findEndpoint(site, provider);
    if (!client || !endpoint) return undefined;
    const watched = { operation: 'captureWhile', instanceId: client.id, filter: `port ${HTTP} or port 53` } as const;
    const name = regionalName(endpoint);
    if (!captures.curl)
      return { ...watched, command: 'curl', commandLine: `curl -sS --connect-timeout 5 http://${name}/` };
    if (captures.everyAddress) return undefined;
    const commandLine = `for address in $(dig +short ${name}); do curl -sS -o /dev/null -w "$address %{http_code}\\n" --connect-timeout 5 http://$address/; done`;
    return { ...watched, command: 'everyAddress', commandLine };
  },
};

function proveUse(site: LabSite, evidence: LabEvidence, world: LabWorld): Check {
  return check(() => {
    const provider = providerOf(world);
    const endpoint = findEndpoint(site, provider);
    const client = findClient(site, provider);
    const nic = client && interfaceOf(site.snapshot, client);
    const { curl, everyAddress } = evidence.captures;
    if (!endpoint || !nic || !curl || !everyAddress) return fails(telling(prose('Nothing has been captured yet.')));
    const begun = [curl, everyAddress].flatMap(capture => begunWith(capture, nic.privateIpAddress, HTTP));
    const inside = endpointInterfaces(site, world).map(({ privateIpAddress }) => privateIpAddress);
    const outside = begun.find(({ destination }) => !inside.includes(destination));
    if (outside)
      return fails(
        telling(prose('A connection went to {0}, which is no interface of the endpoint.'), outside.destination),
      );
    const silent = inside.filter(address => !begun.some(each => each.destination === address && isOpened(each)));
    if (silent.length > 0) return fails(telling(prose('{0} did not answer.'), silent.join(', ')));
    if (!evidence.commands.curl || !isWelcome(evidence.commands.curl))
      return fails(telling(prose('The packets are private, but the page is not nginx’s.')));
    return holds(
      telling(prose('nginx’s page came through {0}, and each of {1} answers.'), endpoint.id, inside.join(', ')),
      ...inside,
    );
  });
}

/** 6.20: what the server knows of its caller. */
export const callerStep: Step = {
  id: '6.20',
  account: 'provider',
  title: prose('See who called'),
  reason: prose(
    'The server sees an address of the balancer, never the consumer’s. That is why its security group must admit the balancer; who needs the consumer’s endpoint id uses proxy protocol version 2.',
  ),
  hints: [
    prose('nginx writes down who called.'),
    prose('The first word of each line of its access log is the source address.'),
    prose('sudo tail -n 3 /var/log/nginx/access.log; compare with the interfaces “ELB net/…” of the provider’s VPC.'),
  ],
  symptoms: [
    {
      seen: prose('The log has no line of the consumer’s'),
      recognise: (site, { commands }) =>
        commands.accessLog && callersIn(commands.accessLog.output).length === 0
          ? telling(prose('no request has reached nginx on {0}'), findServer(site)?.id ?? '')
          : undefined,
    },
  ],
  done: proveCaller,
  proof: proveCaller,
  action: (site, { commands }) => {
    const server = findServer(site);
    if (!server || commands.accessLog) return undefined;
    const commandLine = 'sudo tail -n 3 /var/log/nginx/access.log';
    return { operation: 'run', instanceId: server.id, command: 'accessLog', commandLine };
  },
};

/** The source addresses of requests, as nginx's "combined" format begins its lines. */
function callersIn(log: string): readonly string[] {
  return log.split('\n').flatMap(line => /^(\d+(?:\.\d+){3}) - /.exec(line.trim())?.[1] ?? []);
}

function proveCaller(site: LabSite, { commands }: LabEvidence, world: LabWorld): Check {
  return check(() => {
    if (!commands.accessLog) return fails(telling(prose('The log has not been read yet.')));
    const nodes = nodesOf(site).map(({ privateIpAddress }) => privateIpAddress);
    const caller = callersIn(commands.accessLog.output).findLast(address => nodes.includes(address));
    if (!caller) return fails(telling(prose('No request in the log comes from the balancer.')));
    const client = findClient(consumerOf(world), site);
    return holds(
      telling(
        prose('The last caller is {0}, a node of the balancer; the consumer’s {1} is nowhere.'),
        caller,
        client?.privateIpAddress ?? '',
      ),
      caller,
    );
  });
}

/** 6.22: leave nothing behind, on either side. */
export const cleanUpStep: Step = {
  id: '6.22',
  account: 'provider',
  title: prose('Clean up both accounts'),
  reason: prose(
    'Balancer, endpoint and instances cost money until they are deleted. Stopping is not enough for the first two.',
  ),
  hints: [
    prose('The consumer leaves first: a service with a connection cannot be deleted.'),
    prose('Endpoint, wait; service; balancer, wait; target group; instances; security groups; roles.'),
    prose(
      'ExistingVpcEndpointConnections: the endpoint is still there. ResourceInUse: the service or the listener is.',
    ),
  ],
  symptoms: [
    { seen: prose('Deleting the service says: ExistingVpcEndpointConnections') },
    { seen: prose('Deleting balancer or target group says: ResourceInUse') },
  ],
  done: (_site, _evidence, world) => nothingLeft(() => [providerOf(world), consumerOf(world)].flatMap(leftovers)),
  isCleanUp: true,
  action: () => undefined,
};
