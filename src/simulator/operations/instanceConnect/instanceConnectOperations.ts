import type { InstanceId } from '../../../core/ids';
import type { Instance } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { InstanceConnect } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { pushKey } from '../../world/pushedKeys';
import type { CallContext, OperationTable } from '../operation';

interface MemberLimits {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly pattern?: RegExp;
}

/** "SendSSHPublicKey: Request Parameters". */
const limits = {
  instance: { name: 'instanceId', least: 10, most: 32, pattern: /^i-[a-f0-9]+$/ },
  user: {
    name: 'instanceOSUser',
    least: 1,
    most: 32,
    pattern: /^[A-Za-z_][A-Za-z0-9@._-]{0,30}[A-Za-z0-9$_-]?$/,
  },
  key: { name: 'sSHPublicKey', least: 80, most: 4096 },
  zone: { name: 'availabilityZone', least: 6, most: 32, pattern: /^(\w+-){2,3}\d+\w+$/ },
} satisfies Readonly<Record<string, MemberLimits>>;

/** Pushes a key that opens a user's door for a minute; whether there is such a user, the service does not look. */
function sendSshPublicKey(
  { InstanceId, InstanceOSUser, SSHPublicKey, AvailabilityZone }: InstanceConnect.SendSSHPublicKeyRequest,
  { region, nowMs }: CallContext,
): InstanceConnect.SendSSHPublicKeyResponse {
  const id = checked(InstanceId, limits.instance);
  const userName = checked(InstanceOSUser, limits.user);
  const publicKey = checkedKey(checked(SSHPublicKey, limits.key));
  if (AvailabilityZone !== undefined) checked(AvailabilityZone, limits.zone);
  const instance = runningInstance(region, id, AvailabilityZone);
  pushKey(region, instance.id, { userName, publicKey }, nowMs);
  return { RequestId: region.chanceFor('instance connect request').uuid(), Success: true };
}

function checked(value: string | undefined, { name, least, most, pattern }: MemberLimits): string {
  const refuse = (rule: string) =>
    invalidArguments(
      `1 validation error detected: Value ${value === undefined ? 'null' : `'${value}'`} at '${name}' failed to satisfy constraint: Member must ${rule}`,
    );
  if (value === undefined) throw refuse('not be null');
  if (value.length < least) throw refuse(`have length greater than or equal to ${least}`);
  if (value.length > most) throw refuse(`have length less than or equal to ${most}`);
  if (pattern && !pattern.test(value)) throw refuse(`satisfy regular expression pattern: ${pattern.source}`);
  return value;
}

/** RSA and ED25519 keys in OpenSSH's form ("Connect using EC2 Instance Connect: your own key and SSH client"). */
function checkedKey(text: string): string {
  const line = text.trim();
  const [, kind, body = ''] = /^(ssh-rsa|ssh-ed25519)\s+([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(line) ?? [];
  if (kind === undefined || !isNamedInside(kind, body))
    throw invalidArguments(
      `Invalid input parameter received for Illegal argument exception: ${line.startsWith('ssh-ed25519') ? 'ED25519' : 'RSA'} - SSH Public key is invalid`,
    );
  return line;
}

/** A key begins with the length and the name of its own kind (RFC 4253 §6.6). */
function isNamedInside(kind: string, body: string): boolean {
  return body.length % 4 === 0 && atob(body).startsWith(`\0\0\0${String.fromCharCode(kind.length)}${kind}`);
}

function runningInstance(region: PlaceState, id: string, zone: string | undefined): Instance {
  const found = region.instances.get(id as InstanceId);
  if (!found || (zone !== undefined && zone !== zoneOf(region, found)))
    throw new ServiceFault('EC2InstanceNotFoundException', 'Instance not found');
  if (found.state !== 'running')
    throw new ServiceFault(
      'EC2InstanceStateInvalidException',
      `Instance ${id} is not in a valid state. The instance must be running.`,
    );
  return found;
}

function zoneOf({ subnets }: PlaceState, { subnetId }: Instance): string | undefined {
  return subnetId && subnets.get(subnetId)?.availabilityZone;
}

function invalidArguments(message: string): ServiceFault {
  return new ServiceFault('InvalidArgsException', message);
}

/** Everything that the simulated EC2 Instance Connect does. */
export const instanceConnectOperations: OperationTable = { SendSSHPublicKey: sendSshPublicKey };
