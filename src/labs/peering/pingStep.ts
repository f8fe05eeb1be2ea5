import type { CaptureEvidence } from '../../core/evidence';
import { prose, telling } from '../../core/prose';
import { ICMP } from '../../core/rules/flow';
import { type Check, check, fails, holds } from '../check';
import type { Step } from '../lab';
import type { LabEvidence } from '../labEvidence';
import type { LabSite } from '../labWorld';
import { findInstance, findInterface, otherSide } from './find';

const pings = 4;
/** Names of the evidence: who pinged. */
const nameOf = { A: 'pingFromA', B: 'pingFromB' } as const;

/** 4.8: both ways. */
export const pingStep: Step = {
  id: '4.8',
  title: prose('Ping both ways, watched on the target'),
  reason: prose(
    'This is the proof: each request arrives at the private address of the other VPC, and each reply comes back.',
  ),
  hints: [
    prose('Watch on the instance that is pinged, not on the one that pings.'),
    prose('In one shell: sudo tcpdump -nn icmp. On the other instance: ping -c 4 and the private address.'),
    prose('4 packets transmitted, 4 received; then the other way round.'),
  ],
  symptoms: [{ seen: prose('Ping says: 100% packet loss') }],
  done: provePings,
  proof: provePings,
  action: (site, { captures }) => {
    const side = (['A', 'B'] as const).find(each => !captures[nameOf[each]]);
    const from = side && findInstance(site, side);
    const to = side && findInstance(site, otherSide(side));
    if (!side || !from || !to?.privateIpAddress) return undefined;
    return {
      operation: 'captureWhile',
      instanceId: to.id,
      commandInstanceId: from.id,
      filter: 'icmp',
      command: nameOf[side],
      commandLine: `ping -c ${pings} -W 2 ${to.privateIpAddress}`,
    };
  },
};

function provePings(site: LabSite, { captures, commands }: LabEvidence): Check {
  return check(() => {
    for (const side of ['A', 'B'] as const) {
      const [from, to] = [findInterface(site, side), findInterface(site, otherSide(side))];
      const [capture, ping] = [captures[nameOf[side]], commands[nameOf[side]]];
      if (!from || !to || !capture || !ping) return fails(telling(prose('Nothing has been captured yet.')));
      const { requests, replies } = echoes(capture, from.privateIpAddress, to.privateIpAddress);
      const addresses = [from.privateIpAddress, to.privateIpAddress];
      if (requests < pings) return fails(telling(prose('Pings of {0} did not arrive at {1}.'), ...addresses));
      if (replies < pings)
        return fails(telling(prose('Pings of {0} arrived at {1}, which did not reply.'), ...addresses));
      if (ping.exitCode !== 0 || !/, 0% packet loss/.test(ping.output))
        return fails(telling(prose('{1} replied, and the replies did not come back to {0}.'), ...addresses));
    }
    const [a, b] = [findInterface(site, 'A')?.privateIpAddress ?? '', findInterface(site, 'B')?.privateIpAddress ?? ''];
    return holds(telling(prose('{0} and {1} reply to each other’s pings, all of them.'), a, b), a, b);
  });
}

/** Echo requests that arrived and replies that left, of one sender. */
function echoes({ conversations }: CaptureEvidence, from: string, to: string) {
  const found = conversations.filter(each => each.protocol === ICMP && each.source === from && each.destination === to);
  const requests = found.reduce((sum, { sentPackets }) => sum + sentPackets, 0);
  return { requests, replies: found.reduce((sum, { packets }) => sum + packets, 0) - requests };
}
