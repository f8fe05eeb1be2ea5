import type { EndpointConnection } from '../../core/endpointService';
import type {
  InstanceId,
  KeyPairId,
  NetworkInterfaceId,
  PeeringConnectionId,
  PrefixListId,
  VpcEndpointId,
} from '../../core/ids';
import type { KeyPair } from '../../core/keyPair';
import type { Place } from '../../core/network';
import type { Chance } from '../chance';
import type { GuestState } from './guestState';
import type { KmsAlias, KmsKey } from './kmsKeys';
import type { ManagedPrefixList } from './managedPrefixList';
import type { OwnedDocument } from './ownedDocument';
import type { OwnedParameter } from './parameter';
import type { PushedKey } from './pushedKeys';
import type { RegionState } from './regionState';
import type { CommandInvocation, RunCommand } from './runCommand';
import type { Volume } from './volume';
import type { Zone } from './zones';

/** How an interface hangs on its instance. */
export interface InterfaceAttachment {
  /** 0 is the one that an instance was launched with. */
  readonly deviceIndex: number;
  readonly attachedAtMs: number;
  readonly deletesOnTermination: boolean;
}

/** How Session Manager knows a registered instance. */
export interface ManagedNode {
  readonly registeredAtMs: number;
  readonly isOnline: boolean;
  /** Last ping of a node that is not online any more. */
  readonly lastPingAtMs: number;
}

export interface UsedClientToken {
  /** The parameters that came with it, canonical. */
  readonly fingerprint: string;
  readonly resourceIds: readonly string[];
}

/** One account's part of a region with what only the control plane needs. */
export interface PlaceState extends RegionState {
  readonly zones: readonly Zone[];
  /** By id, `vol-…`. */
  readonly volumes: Map<string, Volume>;
  /** Of interfaces on instances. */
  readonly interfaceAttachments: Map<NetworkInterfaceId, InterfaceAttachment>;
  /** Endpoints whose private names serve inbound resolver endpoints only: nothing inside the VPC sees them. */
  readonly inboundOnlyNames: Set<VpcEndpointId>;
  readonly managedNodes: Map<InstanceId, ManagedNode>;
  /** How the disks and units of instances differ from fresh ones. */
  readonly guestStates: Map<InstanceId, GuestState>;
  /** Of EC2 Instance Connect. */
  readonly pushedKeys: Map<InstanceId, readonly PushedKey[]>;
  readonly keyPairs: Map<KeyPairId, KeyPair>;
  /** By id. */
  readonly kmsKeys: Map<string, KmsKey>;
  /** By name. */
  readonly kmsAliases: Map<string, KmsAlias>;
  /** Of customers; the lists of AWS have nothing to keep besides their ranges. */
  readonly managedPrefixLists: Map<PrefixListId, ManagedPrefixList>;
  /** Endpoints of anybody that were made for services of this place. */
  readonly endpointConnections: Map<VpcEndpointId, EndpointConnection>;
  /** Peering connections that this place gets to see; they stand in the world's table. */
  readonly listedPeerings: Set<PeeringConnectionId>;
  /** Systems Manager documents by name. */
  readonly documents: Map<string, OwnedDocument>;
  /** Of Parameter Store, by name. */
  readonly parameters: Map<string, OwnedParameter>;
  /** Run Command's commands by id, oldest first. */
  readonly commands: Map<string, RunCommand>;
  /** By command and instance, as `invocationKey` puts them. */
  readonly commandInvocations: Map<string, CommandInvocation>;
  readonly clientTokens: Map<string, UsedClientToken>;
  /** How often chance was asked for each purpose. */
  readonly counts: Map<string, number>;
  /** Ids in order of creation, `prefix` + 17 hex digits. */
  newId(prefix: string): string;
  /** An id that follows from a key, for things that live and die with another one. */
  derivedId(prefix: string, key: string): string;
  /** A source of its own for one purpose. */
  chanceFor(purpose: string): Chance;
}

export function createPlaceState(place: Place, zones: readonly Zone[], chance: Chance): PlaceState {
  const counts = new Map<string, number>();
  const numbered = (purpose: string) => {
    const count = (counts.get(purpose) ?? 0) + 1;
    counts.set(purpose, count);
    return chance.fork(`${purpose}/${count}`);
  };
  return {
    place,
    zones,
    vpcs: new Map(),
    dnsAttributes: new Map(),
    dhcpOptions: new Map(),
    subnets: new Map(),
    routeTables: new Map(),
    prefixLists: new Map(),
    internetGateways: new Map(),
    natGateways: new Map(),
    elasticAddresses: new Map(),
    securityGroups: new Map(),
    networkAcls: new Map(),
    networkInterfaces: new Map(),
    endpoints: new Map(),
    endpointServices: new Map(),
    loadBalancers: new Map(),
    targetGroups: new Map(),
    listeners: new Map(),
    instanceConnectEndpoints: new Map(),
    instances: new Map(),
    otherTags: new Map(),
    instanceDetails: new Map(),
    volumes: new Map(),
    interfaceAttachments: new Map(),
    inboundOnlyNames: new Set(),
    managedNodes: new Map(),
    guestStates: new Map(),
    pushedKeys: new Map(),
    keyPairs: new Map(),
    kmsKeys: new Map(),
    kmsAliases: new Map(),
    managedPrefixLists: new Map(),
    endpointConnections: new Map(),
    listedPeerings: new Set(),
    documents: new Map(),
    parameters: new Map(),
    commands: new Map(),
    commandInvocations: new Map(),
    clientTokens: new Map(),
    counts,
    newId: prefix => `${prefix}-${numbered(`id/${prefix}`).hex(17)}`,
    derivedId: (prefix, key) => `${prefix}-${chance.fork(`derived/${prefix}/${key}`).hex(17)}`,
    chanceFor: purpose => numbered(purpose),
  };
}
