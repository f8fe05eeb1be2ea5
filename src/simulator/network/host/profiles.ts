/** The kinds of machine on this network, by what can be seen of them from outside. */
import type { StackProfile } from './ipStack';

const headerBytes = 40;

/** "Amazon EC2 User Guide: Network MTU": jumbo frames inside a VPC, 1500 through an internet gateway. */
export const mtu = { vpc: 9001, internet: 1500, betweenRegions: 1500, loopback: 65_536 } as const;
/** "AWS PrivateLink: quotas": larger packets are dropped, and the MSS is clamped. */
export const endpointMtu = 8500;

function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

/** Amazon Linux 2023 with kernel 6.1, whose default time to live is 127. */
export function amazonLinux(ownAddress: string): StackProfile {
  const segmentBytesFor = (remoteAddress: string) =>
    (isLoopback(remoteAddress) || remoteAddress === ownAddress ? mtu.loopback - 1 : mtu.vpc) - headerBytes;
  return {
    timeToLive: 127,
    answersEcho: true,
    refusesUdp: true,
    closedPort: 'reset',
    windowScale: 7,
    synBackOff: 'exponential',
    segmentBytesFor,
    announcedSegmentBytesFor: segmentBytesFor,
  };
}

const quietMachine = {
  answersEcho: false,
  refusesUdp: false,
  closedPort: 'silent',
  windowScale: 7,
  synBackOff: 'exponential',
} as const;

/** An interface of an interface endpoint: its service's port and nothing else. */
export const endpointProfile: StackProfile = {
  ...quietMachine,
  timeToLive: 255,
  segmentBytesFor: () => mtu.vpc - headerBytes,
  announcedSegmentBytesFor: () => endpointMtu - headerBytes,
};

/** A service's public address. */
export const publicServiceProfile: StackProfile = {
  ...quietMachine,
  timeToLive: 246,
  segmentBytesFor: () => mtu.internet - headerBytes,
  announcedSegmentBytesFor: () => mtu.internet - headerBytes,
};

/** Resolver and instance metadata: they live beside the instance, in its own machine. */
export const linkLocalProfile: StackProfile = {
  ...quietMachine,
  timeToLive: 64,
  segmentBytesFor: () => mtu.vpc - headerBytes,
  announcedSegmentBytesFor: () => mtu.vpc - headerBytes,
};

/** Somebody's Linux on the internet. */
export const internetMachine: StackProfile = {
  ...quietMachine,
  answersEcho: true,
  refusesUdp: true,
  closedPort: 'reset',
  timeToLive: 64,
  segmentBytesFor: () => mtu.internet - headerBytes,
  announcedSegmentBytesFor: () => mtu.internet - headerBytes,
};

/** What AWS's own machines in a VPC are when they talk to instances themselves. */
export const loadBalancerProfile: StackProfile = {
  ...quietMachine,
  timeToLive: 255,
  segmentBytesFor: () => endpointMtu - headerBytes,
  announcedSegmentBytesFor: () => endpointMtu - headerBytes,
};
