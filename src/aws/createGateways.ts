import type { CloudGateways } from '../core/ports/gateways';
import type { AwsConnection } from './connection';
import { AwsEndpointGateway } from './endpointGateway';
import { AwsEndpointServiceGateway } from './endpointServiceGateway';
import { AwsIdentityGateway } from './identityGateway';
import { AwsInstanceConnectEndpointGateway } from './instanceConnectEndpointGateway';
import { AwsInstanceGateway } from './instanceGateway';
import { AwsLoadBalancerGateway } from './loadBalancerGateway';
import { AwsNetworkGateway } from './networkGateway';
import { AwsRoleGateway } from './roleGateway';
import { AwsSecurityGroupGateway } from './securityGroupGateway';
import { connectServices } from './services/connect';
import { AwsSessionGateway } from './sessionGateway';
import { AwsTagGateway } from './tagGateway';

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
    instances: new AwsInstanceGateway(services),
    loadBalancers: new AwsLoadBalancerGateway(services.elbv2),
    securityGroups: new AwsSecurityGroupGateway(services.ec2),
    roles: new AwsRoleGateway(services.iam),
    sessions: new AwsSessionGateway(services),
    tags: new AwsTagGateway(services.ec2),
  };
}
