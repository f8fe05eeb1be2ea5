import * as v from 'valibot';
import * as access from './accessThings';
import * as endpoints from './endpointThings';
import * as groups from './groupThings';
import * as internet from './internetThings';
import * as network from './networkThings';
import * as services from './serviceThings';
import type { ThingKind } from './thingKind';

/** Everything that runs of labs make or change, as it stands on the ledger. */
export const ledgerThing = v.variant('kind', [
  endpoints.vpcEndpointSchema,
  endpoints.privateDnsSchema,
  endpoints.endpointRouteTableSchema,
  endpoints.peeringConnectionSchema,
  services.endpointServiceSchema,
  services.allowedPrincipalSchema,
  services.loadBalancerSchema,
  services.targetGroupSchema,
  access.instanceSchema,
  access.instanceRoleSchema,
  access.instanceConnectEndpointSchema,
  internet.natGatewaySchema,
  internet.elasticAddressSchema,
  internet.internetGatewaySchema,
  groups.securityGroupSchema,
  groups.securityGroupRuleSchema,
  network.vpcSchema,
  network.subnetSchema,
  network.subnetAssociationSchema,
  network.routeTableSchema,
  network.routeSchema,
  network.dhcpOptionsSchema,
  network.dhcpAssociationSchema,
  network.vpcDnsAttributeSchema,
]);

/** Something that a run makes or changes. */
export type LedgerThing = v.InferOutput<typeof ledgerThing>;

type ThingKinds = {
  readonly [Kind in LedgerThing['kind']]: ThingKind<Extract<LedgerThing, { readonly kind: Kind }>>;
};

/** In the order of the clean-up: what uses a thing goes before the thing (AWS answers `DependencyViolation` otherwise). */
const thingKinds: ThingKinds = {
  privateDns: endpoints.privateDnsKind,
  endpointRouteTable: endpoints.endpointRouteTableKind,
  vpcEndpoint: endpoints.vpcEndpointKind,
  allowedPrincipal: services.allowedPrincipalKind,
  endpointService: services.endpointServiceKind,
  instanceConnectEndpoint: access.instanceConnectEndpointKind,
  route: network.routeKind,
  peeringConnection: endpoints.peeringConnectionKind,
  loadBalancer: services.loadBalancerKind,
  targetGroup: services.targetGroupKind,
  instance: access.instanceKind,
  natGateway: internet.natGatewayKind,
  elasticAddress: internet.elasticAddressKind,
  internetGateway: internet.internetGatewayKind,
  subnetAssociation: network.subnetAssociationKind,
  routeTable: network.routeTableKind,
  securityGroupRule: groups.securityGroupRuleKind,
  securityGroup: groups.securityGroupKind,
  subnet: network.subnetKind,
  dhcpAssociation: network.dhcpAssociationKind,
  dhcpOptions: network.dhcpOptionsKind,
  vpcDnsAttribute: network.vpcDnsAttributeKind,
  vpc: network.vpcKind,
  instanceRole: access.instanceRoleKind,
};

const order = Object.keys(thingKinds);

/** Place in the clean-up; lower goes first. */
export const removalRank = ({ kind }: LedgerThing) => order.indexOf(kind);

/** How a thing is called and goes. */
export function kindOf<Thing extends LedgerThing>(thing: Thing): ThingKind<Thing> {
  return thingKinds[thing.kind] as unknown as ThingKind<Thing>;
}
