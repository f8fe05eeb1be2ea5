/** The world of lab `iface-ec2` when every step is done, and its evidence; a test changes what it is about. */
import type { CaptureEvidence, Conversation } from '../../src/core/evidence';
import type { ProfileRole } from '../../src/core/ports/roleGateway';
import { known, type NetworkSnapshot, type Reading, unknown } from '../../src/core/snapshot';
import type { LabEvidence } from '../../src/labs/labEvidence';
import { type LabSite, profileArn } from '../../src/labs/labWorld';
import { ec2Name, instance, instanceId, place, snapshot } from './networkBuilders';

export const runId = 'r1';
export const handMadeProfile = profileArn(place, 'hand-made');

export const goodRole: ProfileRole = {
  roleName: 'hand-made',
  trustPolicy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  }),
  policyArns: [
    'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess',
    'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
  ],
};

export const wearing = instance({ instanceProfileArn: handMadeProfile });

const notRead = unknown({ code: 'notRead', reading: 'test', detail: undefined });

export const labSite = (changes: Partial<NetworkSnapshot> = {}, parts: Partial<LabSite> = {}): LabSite => ({
  account: 'student',
  labId: 'iface-ec2',
  runId,
  endpointServices: notRead,
  loadBalancers: notRead,
  instanceConnectEndpoints: notRead,
  snapshot: snapshot({ instances: known([wearing]), ...changes }),
  roles: new Map<string, Reading<ProfileRole | undefined>>([
    [handMadeProfile, known(goodRole)],
    [profileArn(place, `vpc-labs-iface-ec2-${runId}`), known(undefined)],
  ]),
  sessionManager: known(new Map([[instanceId, 'online' as const]])),
  ...parts,
});

export const call = (changes: Partial<Conversation> = {}): Conversation => ({
  protocol: 6,
  source: '172.31.37.141',
  sourcePort: 38482,
  destination: '172.31.36.107',
  destinationPort: 443,
  packets: 14,
  sentPackets: 7,
  firstPacket: 3,
  synCount: 1,
  isAnswered: true,
  isContinued: true,
  resetCount: 0,
  ...changes,
});

export const captureOf = (...conversations: readonly Conversation[]): CaptureEvidence => ({
  packets: 16,
  conversations,
  untrackedPackets: 0,
  names: [{ name: ec2Name, addresses: ['172.31.36.107'] }],
});

export const labEvidence = (changes: Partial<LabEvidence> = {}): LabEvidence => ({
  captures: { describeInstances: captureOf(call()) },
  lookUps: {},
  commands: {
    dig: { commandLine: 'dig', exitCode: 0, output: '172.31.36.107\n172.31.14.109\n' },
    describeInstances: { commandLine: 'aws', exitCode: 0, output: '{\n    "Reservations": []\n}\n' },
  },
  ...changes,
});
