/** What simulated actions lack, by action: each is refused by name where it is asked for. An action without a line is simulated as far as the labs can tell. */
export const limitsOf: Readonly<Record<string, string>> = {
  'ec2:CreateVpc': 'IPv4 with a block of its own; default tenancy',
  'ec2:CreateSubnet': 'IPv4; no Outposts',
  'ec2:CreateVpcEndpoint': 'IPv4; interface and gateway endpoints',
};
