import type { CloudGateways } from '../core/ports/gateways';
import type { AwsConnection } from './connection';
import { AwsEndpointGateway } from './endpointGateway';
import { AwsEndpointServiceGateway } from './endpointServiceGateway';
import { AwsIdentityGateway } from './identityGateway';
import { AwsInstanceConnectEndpointGateway } from './instanceConnectEndpointGateway';
import { AwsInstanceGateway } from './instanceGateway';
import { AwsInternetAccessGateway } from './internetAccessGateway';
import { AwsLoadBalancerGateway } from './loadBalancerGateway';
import { AwsNetworkGateway } from './networkGateway';
import { AwsPeeringGateway } from './peeringGateway';
import { AwsRoleGateway } from './roleGateway';
import { AwsRouteGateway } from './routeGateway';
import { AwsSecurityGroupGateway } from './securityGroupGateway';
import { connectServices } from './services/connect';
import { AwsSessionGateway } from './sessionGateway';
import { AwsTagGateway } from './tagGateway';
import { AwsTunnelGateway } from './tunnelGateway';
import { AwsVpcGateway } from './vpcGateway';

/** The cloud behind one connection. Loads no SDK and sends nothing before the first call. */
export function createGateways(connection: AwsConnection): CloudGateways {
  const services = connectServices(connection);
  const identity = new AwsIdentityGateway(services.sts);
  return {
    region: connection.region,
    identity,
    endpoints: new AwsEndpointGateway(services.ec2),
    endpointServices: new AwsEndpointServiceGateway(services.ec2),
    instanceConnectEndpoints: new AwsInstanceConnectEndpointGateway(services.ec2),
    network: new AwsNetworkGateway(services.ec2, identity),
    vpcs: new AwsVpcGateway(services.ec2),
    routes: new AwsRouteGateway(services.ec2),
    internetAccess: new AwsInternetAccessGateway(services.ec2),
    peering: new AwsPeeringGateway(services.ec2),
    instances: new AwsInstanceGateway(services),
    loadBalancers: new AwsLoadBalancerGateway(services.elbv2),
    securityGroups: new AwsSecurityGroupGateway(services.ec2),
    roles: new AwsRoleGateway(services.iam),
    sessions: new AwsSessionGateway(services),
    tags: new AwsTagGateway(services.ec2),
    tunnels: new AwsTunnelGateway(services.instanceConnect),
  };
}
