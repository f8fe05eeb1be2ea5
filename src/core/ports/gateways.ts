/** The cloud as this extension sees it: small ports by noun. `aws` implements them; practice, LocalStack and AWS differ in nothing here. */
import type { Region } from '../ids';
import type { EndpointGateway } from './endpointGateway';
import type { EndpointServiceGateway } from './endpointServiceGateway';
import type { IdentityGateway } from './identityGateway';
import type { InstanceConnectEndpointGateway } from './instanceConnectEndpointGateway';
import type { InstanceGateway } from './instanceGateway';
import type { InternetAccessGateway } from './internetAccessGateway';
import type { LoadBalancerGateway } from './loadBalancerGateway';
import type { NetworkGateway } from './networkGateway';
import type { PeeringGateway } from './peeringGateway';
import type { RoleGateway } from './roleGateway';
import type { RouteGateway } from './routeGateway';
import type { SecurityGroupGateway } from './securityGroupGateway';
import type { SessionGateway } from './sessionGateway';
import type { TagGateway } from './tagGateway';
import type { TunnelGateway } from './tunnelGateway';
import type { VpcGateway } from './vpcGateway';

/** Everything one scope can do. */
export interface CloudGateways {
  readonly region: Region;
  readonly identity: IdentityGateway;
  readonly endpoints: EndpointGateway;
  readonly endpointServices: EndpointServiceGateway;
  readonly instanceConnectEndpoints: InstanceConnectEndpointGateway;
  readonly network: NetworkGateway;
  readonly vpcs: VpcGateway;
  readonly routes: RouteGateway;
  readonly internetAccess: InternetAccessGateway;
  readonly peering: PeeringGateway;
  readonly instances: InstanceGateway;
  readonly loadBalancers: LoadBalancerGateway;
  readonly securityGroups: SecurityGroupGateway;
  readonly roles: RoleGateway;
  readonly sessions: SessionGateway;
  readonly tags: TagGateway;
  readonly tunnels: TunnelGateway;
}
