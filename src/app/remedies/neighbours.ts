import type { LabError } from '../../core/errors';
import type { VpcEndpoint } from '../../core/network';
import type { ResourceStore, Scope } from '../appModel';
import { holdsItsName } from '../operations/choosePrivateDns';
import type { ServiceDetails } from '../serviceDetails';
import type { Stores } from '../stores';

/** The id of what stands in the way; undefined when nothing that this window can show is known to. */
type FindNeighbour = (stores: Stores, scope: Scope, error: LabError) => Promise<string | undefined>;

/** The endpoint of the VPC that answers for the name already. */
export const rivalForName: FindNeighbour = async (stores, scope, { parameters: { vpcId, dnsName } }) => {
  const answers = ({ dnsEntries }: VpcEndpoint) => dnsEntries.some(({ name }) => name.replace(/^\*\./, '') === dnsName);
  const endpoints = await read(stores.endpoints, scope);
  return endpoints.find(
    ({ endpoint }) =>
      endpoint.vpcId === vpcId &&
      endpoint.privateDnsEnabled &&
      holdsItsName.includes(endpoint.state) &&
      answers(endpoint),
  )?.endpoint.id;
};

/** The gateway endpoint to which a route table leads already. */
export const rivalForRoute: FindNeighbour = async (stores, scope, { parameters: { routeTableId, prefixListId } }) => {
  const endpoints = await read(stores.endpoints, scope);
  return endpoints.find(({ routeTables }) =>
    routeTables.some(table => table.id === routeTableId && table.prefixListId === prefixListId),
  )?.endpoint.id;
};

/** The endpoint service that a load balancer, or a target group of one, stands behind. */
export const serviceOfBalancer: FindNeighbour = async (stores, scope, { parameters }) => {
  const arn = parameters.loadBalancer ?? /arn:[^'\s]+/.exec(parameters.detail ?? '')?.[0];
  const stands = ({ loadBalancers }: ServiceDetails) =>
    loadBalancers.some(each => each.arn === arn || each.targetGroups.some(({ group }) => group.arn === arn));
  return (await read(stores.services, scope)).find(stands)?.service.id;
};

/** The Instance Connect endpoint that a VPC has already. */
export const connectEndpointOfVpc: FindNeighbour = async (stores, scope, { parameters: { detail = '' } }) => {
  const [vpcId] = /\bvpc-[0-9a-f]+\b/.exec(detail) ?? [];
  const endpoints = await read(stores.instanceConnectEndpoints, scope);
  return endpoints.find(({ instanceConnect }) => instanceConnect.vpcId === vpcId)?.instanceConnect.id;
};

/** What keeps a VPC, subnet, security group or route table from being deleted, of whatever has a line of its own in a tree. */
export const dependent: FindNeighbour = async (stores, scope, { parameters: { detail = '' } }) => {
  const [named] = /\b(?:vpce-svc|vpce|eice|pcx|i)-[0-9a-f]+\b/.exec(detail) ?? [];
  const [id] = /\b(?:vpc|subnet|sg|rtb)-[0-9a-f]+\b/.exec(detail) ?? [];
  if (named || !id) return named;
  const uses = (thing: object) =>
    Object.values(thing).some(value => value === id || (Array.isArray(value) && value.includes(id)));
  const [endpoints, connects, instances] = await Promise.all([
    read(stores.endpoints, scope),
    read(stores.instanceConnectEndpoints, scope),
    read(stores.instances, scope),
  ]);
  const all = [
    ...instances.filter(({ instance }) => instance.state !== 'terminated').map(({ instance }) => instance),
    ...endpoints.filter(({ endpoint }) => endpoint.state !== 'deleted').map(({ endpoint }) => endpoint),
    ...connects.map(({ instanceConnect }) => instanceConnect),
  ];
  return all.find(uses)?.id;
};

/** What is remembered, else what AWS says; nothing when it cannot be asked. */
function read<T>(store: ResourceStore<T>, scope: Scope): Promise<readonly T[]> {
  return store.load(scope).catch(() => []);
}
