import type { NetworkInterfaceId, VpcEndpointId } from '../../src/core/ids';
import type { MissingEvidence, PathCause, Verdict } from '../../src/core/verdict';
import { describeVerdict } from '../../src/words/verdict';
import { matchGolden } from '../support/golden';

const endpointId = 'vpce-0a1b2c3d4e5f60718' as VpcEndpointId;

const missing: readonly MissingEvidence[] = [
  ...(['noPackets', 'onlyOtherTraffic', 'noAnswerYet', 'routeTableUnread', 'pathOutOfSight'] as const),
  ...(['interfacesUnread', 'endpointsUnread', 'noTarget', 'fromFile'] as const),
];
const causes: readonly PathCause[] = [
  ...(['staleName', 'securityGroupLacksPort', 'securityGroupBlocksEgress', 'networkAclDenies', 'noRoute'] as const),
  ...(['blackhole', 'noPublicAddress', 'nobodyAtAddress', 'refused', 'noEndpoint', 'endpointInOtherVpc'] as const),
  ...(['causeUnread', 'unexplained'] as const),
];

const isPrivate: Verdict = {
  kind: 'private',
  endpointId,
  networkInterfaceId: 'eni-0a1b2c3d4e5f60718' as NetworkInterfaceId,
  address: '172.31.40.7',
  availabilityZone: 'ap-south-1a',
  name: 'ec2.ap-south-1.amazonaws.com',
  packets: 14,
  ofPackets: 14,
};

function notPrivate(how: 'left' | 'noAnswer' | 'refused', cause: PathCause): Verdict {
  return {
    kind: 'notPrivate',
    how,
    cause,
    address: how === 'left' ? '13.248.117.8' : '172.31.40.7',
    through: how === 'left' ? 'igw-0a1b2c3d4e5f60718' : undefined,
    endpointId,
    subject: cause.startsWith('securityGroup') ? 'sg-0a1b2c3d4e5f60718' : undefined,
    name: 'ec2.ap-south-1.amazonaws.com',
    packets: 6,
    ofPackets: 8,
    synRetries: how === 'noAnswer' ? 3 : 0,
    firstDisagreeing: 3,
  };
}

function line(verdict: Verdict): string {
  return Object.values(describeVerdict(verdict, 'ec2-endpoint'))
    .filter(part => typeof part === 'string' && part !== '')
    .join(' | ');
}

describe('verdicts as people read them', () => {
  it('name the endpoint, the way out or what is missing', () => {
    const verdicts = [
      isPrivate,
      { ...isPrivate, name: undefined, packets: 12 },
      ...causes.map(cause => notPrivate('left', cause)),
      ...causes.map(cause => notPrivate('noAnswer', cause)),
      notPrivate('refused', 'refused'),
      ...missing.map((what): Verdict => ({ kind: 'cannotTell', missing: what, packets: 2 })),
    ];
    matchGolden('verdicts.golden.txt', `${verdicts.map(line).join('\n')}\n`);
  });
});
