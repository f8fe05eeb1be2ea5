const labWorldKinds = [
  'iface-ec2',
  'gw-s3',
  'iface-ec2-url',
  'peering',
  'iface-s3-eic',
  'svc-nginx',
  'dns-no-igw',
] as const;

export type LabWorldKind = (typeof labWorldKinds)[number];

/**
 * How a world begins. `default` has a running instance in each account, `default-vpc` only what AWS gives to a new account, `empty` not even
 * the default VPCs; by a lab's id, what that lab asks for is ready.
 */
export const worldKinds = ['default', 'default-vpc', 'empty', ...labWorldKinds] as const;

export type WorldKind = (typeof worldKinds)[number];

export function isLabWorld(kind: WorldKind): kind is LabWorldKind {
  return labWorldKinds.some(each => each === kind);
}
