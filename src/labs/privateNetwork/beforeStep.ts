import type { VpcEndpoint } from '../../core/network';
import { prose, type Telling, telling } from '../../core/prose';
import { type Check, check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabEvidence } from '../labEvidence';
import type { LabSite } from '../labWorld';
import { isDropped, isOpened } from '../packetProofs';
import { defaultRouteOf } from '../predicates';
import { callsTo, destinationsOf } from './calls';
import { type Ground, groundInterface } from './ground';

/** What is tried before there is an endpoint. */
export interface Attempt {
  readonly ground: Ground;
  /** As in host names: `s3`. */
  readonly service: string;
  readonly commandLine: (site: LabSite) => string;
  /** An endpoint that already carries what is tried. */
  readonly findEndpoint: (site: LabSite) => VpcEndpoint | undefined;
}

/** The name of its command and packets among the evidence. */
const before = 'before';

/** Before the endpoint the call must fail, or the proof after it shows nothing. */
export const beforeStep = (id: string, attempt: Attempt): Step => ({
  id,
  title: prose('Before: see it fail'),
  reason: prose(
    'A proof needs its opposite. The name leads to public addresses, nothing leads there from the private subnet, and the packets are lost in silence.',
  ),
  hints: [
    prose('One shell watches, the other calls.'),
    prose('In the first: sudo tcpdump -nn port 443. In the second the call, with --cli-connect-timeout 5.'),
    prose('The same SYN again and again without an answer, to a public address, is what must be seen.'),
  ],
  symptoms: [
    {
      seen: prose('The call succeeds before there is an endpoint'),
      recognise: (site, evidence) => (wentThrough(site, evidence, attempt) ? whyThrough(site, attempt) : undefined),
    },
    {
      seen: prose('There is an endpoint already'),
      recognise: (site, { captures }) => {
        const endpoint = attempt.findEndpoint(site);
        return endpoint && !captures[before]
          ? telling(prose('endpoint {0} was made before the call was tried without one'), endpoint.id)
          : undefined;
      },
    },
  ],
  done: (site, evidence) => proveBefore(site, evidence, attempt),
  proof: (site, evidence) => proveBefore(site, evidence, attempt),
  action: (site, { captures }) => {
    const instance = attempt.ground.findInstance(site);
    if (!instance || captures[before] || attempt.findEndpoint(site)) return undefined;
    return {
      operation: 'captureWhile',
      instanceId: instance.id,
      filter: 'port 443 or port 53',
      command: before,
      commandLine: attempt.commandLine(site),
    };
  },
});

function callsBefore(site: LabSite, { captures }: LabEvidence, { ground, service }: Attempt) {
  const found = groundInterface(ground, site);
  const capture = captures[before];
  return found && capture ? callsTo(site, service, found.nic, capture) : [];
}

const wentThrough = (site: LabSite, evidence: LabEvidence, attempt: Attempt) =>
  callsBefore(site, evidence, attempt).some(isOpened);

function whyThrough(site: LabSite, { ground }: Attempt): Telling | undefined {
  const subnet = ground.findSubnet(site);
  const exit = subnet && defaultRouteOf(site.snapshot, subnet);
  return subnet && exit && exit.target.kind !== 'local'
    ? telling(prose('a route leads out of {0}, to {1}'), subnet.id, exit.target.id)
    : undefined;
}

function proveBefore(site: LabSite, evidence: LabEvidence, attempt: Attempt): Check {
  return check(() => {
    const result = evidence.commands[before];
    if (!evidence.captures[before] || !result) {
      const endpoint = attempt.findEndpoint(site);
      return endpoint
        ? fails(
            telling(
              prose(
                'Endpoint {0} is there already: how it was before can no longer be seen. Delete it to see, and make it again.',
              ),
              endpoint.id,
            ),
          )
        : fails(telling(prose('Nothing has been captured yet.')));
    }
    const calls = callsBefore(site, evidence, attempt);
    const opened = calls.find(isOpened);
    if (opened) return fails(telling(prose('{0} answered, without an endpoint.'), opened.destination));
    if (!calls.some(isDropped)) return fails(telling(prose('The instance opened no connection to port 443.')));
    if (result.exitCode === 0) return fails(telling(prose('The command succeeded, without an endpoint.')));
    const addresses = destinationsOf(calls);
    return holds(
      telling(prose('Nothing came back from {0}: no route leads there, and nobody says so.'), addresses.join(', ')),
      ...addresses,
    );
  });
}
