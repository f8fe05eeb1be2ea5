import type { Classifier } from '../core/createClassifier';
import { createClassifier } from '../core/createClassifier';
import type { InstanceId, NetworkInterfaceId } from '../core/ids';
import { type NetworkInterface, nameTag, type PrefixList, type Route } from '../core/network';
import type { SnapshotPart } from '../core/ports/networkGateway';
import type { Prediction } from '../core/prediction/prediction';
import { valueOr } from '../core/reading';
import { awsServiceName } from '../core/serviceNames';
import type { Gap, NetworkSnapshot } from '../core/snapshot';
import type { CaptureInstance, InterfaceRow, RouteRow, RouteTableReading } from './captureModel';
import { predictService } from './predictService';

/** What verdict, prediction and the panel's tables need to know of the network. */
export const captureParts: readonly SnapshotPart[] = [
  'vpcs',
  'dnsAttributes',
  'dhcpOptions',
  'subnets',
  'routeTables',
  'prefixLists',
  'internetGateways',
  'securityGroups',
  'networkAcls',
  'networkInterfaces',
  'endpoints',
  'instances',
];

/** One moment of the network as an instance's first interface sees it. */
export class CaptureNetwork {
  readonly classifier: Classifier | undefined;
  readonly instance: CaptureInstance;
  readonly #predictions = new Map<string, Prediction>();

  constructor(
    readonly snapshot: NetworkSnapshot,
    instanceId: InstanceId,
  ) {
    this.instance = describeInstance(snapshot, instanceId);
    const { networkInterfaceId } = this.instance;
    this.classifier = networkInterfaceId && createClassifier(snapshot, networkInterfaceId);
  }

  get routeTable(): RouteTableReading {
    const reading = this.classifier?.routeTable ?? { known: false as const, gap: this.#interfacesGap() };
    if (!reading.known) return reading;
    const lists = valueOr(this.snapshot.prefixLists, []);
    const { id, isMain, routes } = reading.value;
    return { known: true, id, isMain, rows: routes.map(route => routeRow(route, lists)) };
  }

  get interfaces(): readonly InterfaceRow[] {
    return (this.classifier?.endpointInterfaces ?? []).map(({ networkInterface, endpoint, availabilityZone }) => ({
      networkInterfaceId: networkInterface.id,
      address: networkInterface.privateIpAddress,
      availabilityZone,
      endpointId: endpoint?.id,
      endpointName: endpoint && nameTag(endpoint.tags),
      serviceName: endpoint?.serviceName,
    }));
  }

  get interfacesGap(): Gap | undefined {
    return this.classifier && this.snapshot.networkInterfaces.known ? undefined : this.#interfacesGap();
  }

  /** What should happen to a connection to the service's own name, by the rules alone. */
  predict(serviceName: string): Prediction | undefined {
    const { networkInterfaceId } = this.instance;
    if (!networkInterfaceId) return undefined;
    let prediction = this.#predictions.get(serviceName);
    if (!prediction) {
      prediction = predictService(this.snapshot, networkInterfaceId, serviceName);
      this.#predictions.set(serviceName, prediction);
    }
    return prediction;
  }

  /** Private addresses that the instance's own agent may talk to for this very session. */
  channelAddresses(region: string): readonly string[] {
    const service = awsServiceName(region, 'ssmmessages');
    return this.interfaces.filter(({ serviceName }) => serviceName === service).map(({ address }) => address);
  }

  #interfacesGap(): Gap {
    const reading = this.snapshot.networkInterfaces;
    if (!reading.known) return reading.gap;
    return { code: 'failed', reading: 'ec2:DescribeNetworkInterfaces', detail: this.instance.id };
  }
}

function describeInstance(snapshot: NetworkSnapshot, id: InstanceId): CaptureInstance {
  const instance = valueOr(snapshot.instances, []).find(item => item.id === id);
  const own = ownInterface(snapshot, id, instance?.networkInterfaceIds);
  const subnetId = own?.subnetId ?? instance?.subnetId;
  const subnet = valueOr(snapshot.subnets, []).find(item => item.id === subnetId);
  return {
    id,
    name: instance && nameTag(instance.tags),
    address: own?.privateIpAddress ?? instance?.privateIpAddress,
    networkInterfaceId: own?.id,
    availabilityZone: subnet?.availabilityZone,
  };
}

/** The primary interface: the first that the instance lists. */
function ownInterface(
  snapshot: NetworkSnapshot,
  instanceId: InstanceId,
  listed: readonly NetworkInterfaceId[] = [],
): NetworkInterface | undefined {
  const own = valueOr(snapshot.networkInterfaces, []).filter(item => item.instanceId === instanceId);
  return own.find(({ id }) => id === listed[0]) ?? own[0];
}

function routeRow(route: Route, lists: readonly PrefixList[]): RouteRow {
  const { destination, target } = route;
  const isList = destination.kind === 'prefixList';
  return {
    route,
    destination: isList ? destination.prefixListId : destination.cidr,
    target: target.kind === 'local' ? 'local' : target.id,
    prefixListName: isList ? lists.find(({ id }) => id === destination.prefixListId)?.name : undefined,
  };
}
