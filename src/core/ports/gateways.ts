/** The cloud as this extension sees it: small ports by noun. `aws` implements them; practice, LocalStack and AWS differ in nothing here. */
import type { AccountId, InstanceId, Region, SecurityGroupId, SubnetId, VpcEndpointId, VpcId } from '../ids';
import type { EndpointServiceOffer, Instance, SessionManagerStatus, Tags, VpcEndpoint } from '../network';
import type { NetworkSnapshot } from '../snapshot';
import type { ChannelTransport } from './wire';

/** Every call rejects with a `LabError`, or with the signal's reason when aborted. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface Identity {
  readonly accountId: AccountId;
  readonly arn: string;
}

export interface IdentityGateway {
  whoAmI(options?: CallOptions): Promise<Identity>;
}

export interface CreateInterfaceEndpointInput {
  readonly vpcId: VpcId;
  readonly serviceName: string;
  readonly subnetIds: readonly SubnetId[];
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly privateDnsEnabled: boolean;
  readonly tags: Tags;
  /** At most 64 ASCII characters. The same token never creates twice. */
  readonly clientToken: string;
}

export interface EndpointGateway {
  listEndpoints(options?: CallOptions): Promise<readonly VpcEndpoint[]>;
  /** Undefined when AWS does not know the id (any more). */
  findEndpoint(id: VpcEndpointId, options?: CallOptions): Promise<VpcEndpoint | undefined>;
  listServices(options?: CallOptions): Promise<readonly EndpointServiceOffer[]>;
  createInterfaceEndpoint(input: CreateInterfaceEndpointInput, options?: CallOptions): Promise<VpcEndpoint>;
  /** Rejects with `endpointNotDeleted` when AWS answers 200 with an `Unsuccessful` entry. */
  deleteEndpoint(id: VpcEndpointId, options?: CallOptions): Promise<void>;
  modifyPrivateDns(id: VpcEndpointId, isEnabled: boolean, options?: CallOptions): Promise<void>;
}

/** The parts of a snapshot that a reader needs; what is not asked for is a gap `notRead`. */
export type SnapshotPart = Exclude<keyof NetworkSnapshot, 'place' | 'takenAtMs'>;

export interface SecurityGroupIngress {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | '-1';
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidr: string;
}

export interface CreateSecurityGroupInput {
  readonly vpcId: VpcId;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
}

export interface NetworkGateway {
  /** Never rejects for a part that could not be read: that part becomes a gap. Rejects when signing in fails altogether, or the cloud is gone. */
  readSnapshot(parts: readonly SnapshotPart[], options?: CallOptions): Promise<NetworkSnapshot>;
  createSecurityGroup(input: CreateSecurityGroupInput, options?: CallOptions): Promise<SecurityGroupId>;
  authorizeIngress(groupId: SecurityGroupId, rule: SecurityGroupIngress, options?: CallOptions): Promise<void>;
  deleteSecurityGroup(groupId: SecurityGroupId, options?: CallOptions): Promise<void>;
  setVpcDnsAttribute(
    vpcId: VpcId,
    attribute: 'enableDnsSupport' | 'enableDnsHostnames',
    isEnabled: boolean,
    options?: CallOptions,
  ): Promise<void>;
}

export interface LaunchInstanceInput {
  readonly imageParameter: string;
  readonly instanceType: string;
  readonly subnetId: SubnetId;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly instanceProfileName: string | undefined;
  readonly tags: Tags;
  readonly clientToken: string;
}

export interface InstanceGateway {
  listInstances(options?: CallOptions): Promise<readonly Instance[]>;
  findInstance(id: InstanceId, options?: CallOptions): Promise<Instance | undefined>;
  /** Only instances that registered with Session Manager are in the answer. */
  listSessionManagerStatus(options?: CallOptions): Promise<ReadonlyMap<InstanceId, SessionManagerStatus>>;
  launchInstance(input: LaunchInstanceInput, options?: CallOptions): Promise<Instance>;
  terminateInstance(id: InstanceId, options?: CallOptions): Promise<void>;
}

export interface CreateInstanceRoleInput {
  readonly name: string;
  readonly policyArns: readonly string[];
  /** Who may assume it, such as `ec2.amazonaws.com`. */
  readonly trustedService: string;
  readonly tags: Tags;
}

export interface InstanceRole {
  readonly roleName: string;
  readonly instanceProfileName: string;
}

/** The role behind an instance profile, as far as it says who may wear it and what it allows. */
export interface ProfileRole {
  readonly roleName: string;
  /** JSON, decoded. */
  readonly trustPolicy: string;
  readonly policyArns: readonly string[];
}

export interface RoleGateway {
  /** Makes role, attachments and instance profile of one name; each part that exists already is kept. */
  createInstanceRole(input: CreateInstanceRoleInput, options?: CallOptions): Promise<InstanceRole>;
  /** Undefined when profile or role is missing. */
  listPoliciesOfProfile(instanceProfileArn: string, options?: CallOptions): Promise<ProfileRole | undefined>;
  /** Takes profile, attachments and role away, in that order; what is missing already is fine. */
  deleteInstanceRole(name: string, options?: CallOptions): Promise<void>;
}

export type SessionDocument =
  | { readonly name: 'SSM-SessionManagerRunShell' }
  | { readonly name: 'AWS-StartInteractiveCommand'; readonly command: string };

/** The secret part of a session answer: for opening the socket only, never logged. */
export interface SessionTicket {
  readonly sessionId: string;
  readonly streamUrl: string;
  readonly token: string;
}

/** A key of AWS KMS's making: in clear, and as only KMS can read it. Never logged. */
export interface DataKey {
  /** 64 bytes. */
  readonly plaintext: Uint8Array;
  readonly ciphertextBlob: Uint8Array;
}

export interface SessionGateway {
  startSession(target: InstanceId, document: SessionDocument, options?: CallOptions): Promise<SessionTicket>;
  /** Undefined when the session is over. */
  resumeSession(sessionId: string, options?: CallOptions): Promise<SessionTicket | undefined>;
  terminateSession(sessionId: string, options?: CallOptions): Promise<void>;
  /** A data key for a session that the account encrypts; the same context is needed to decrypt it. */
  generateDataKey(
    keyId: string,
    encryptionContext: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<DataKey>;
  /** Opens the socket with a signed upgrade and current credentials. */
  openChannel(ticket: SessionTicket, options?: CallOptions): Promise<ChannelTransport>;
}

/** Everything one scope can do. */
export interface CloudGateways {
  readonly region: Region;
  readonly identity: IdentityGateway;
  readonly endpoints: EndpointGateway;
  readonly network: NetworkGateway;
  readonly instances: InstanceGateway;
  readonly roles: RoleGateway;
  readonly sessions: SessionGateway;
}
