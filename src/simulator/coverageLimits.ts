/** What simulated actions lack, by action: each is refused by name where it is asked for. An action without a line is simulated as far as the labs can tell. */
export const limitsOf: Readonly<Record<string, string>> = {
  'ec2:CreateVpc': 'IPv4 with a block of its own; default tenancy',
  'ec2:CreateSubnet': 'IPv4; no Outposts',
  'ec2:CreateVpcEndpoint': 'IPv4; interface and gateway endpoints; AWS services of the same Region',
  'ec2:ModifyVpcEndpoint': 'IPv4',
  'ec2:CreateVpcEndpointServiceConfiguration': 'IPv4; network load balancers',
  'ec2:ModifyVpcEndpointServiceConfiguration': 'IPv4; network load balancers',
  'ec2:StartVpcEndpointServicePrivateDnsVerification':
    'only domains under example.com, .net, .org and .test are ever verified',
  'elbv2:CreateLoadBalancer': 'IPv4 network load balancers',
  'elbv2:CreateTargetGroup': 'instances and IPv4 addresses; not GENEVE or QUIC',
  'elbv2:CreateListener': 'TCP, UDP and TCP_UDP; one target group',
  'elbv2:ModifyListener': 'TCP, UDP and TCP_UDP; one target group',
  'elbv2:ModifyLoadBalancerAttributes': 'no access logs, no zonal shift',
  'ssm:CreateDocument': 'Session documents in JSON',
  'ssm:UpdateDocument': 'Session documents in JSON',
  'ssm:StartSession': 'sessions as ssm-user or root; no logs to S3 or CloudWatch',
};
