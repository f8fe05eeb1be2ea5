/** Serves as much of EC2 as a list of endpoints needs, for a region that has very many: `node endpointServer.js COUNT`. Prints its port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findService } from '../../src/simulator/protocols/clientCodec';
import { encodeAnswer } from '../../src/simulator/protocols/serverCodec';

const account = '111122223333';
const vpcCount = 40;
const hex = (number: number) => number.toString(16).padStart(17, '0');
const vpcOf = (index: number) => `vpc-${hex(index % vpcCount)}`;
const subnetOf = (index: number, zone: number) => `subnet-${hex((index % vpcCount) * 2 + zone)}`;
const groupOf = (index: number) => `sg-${hex(index % vpcCount)}`;
const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });

function endpointAt(index: number) {
  const id = `vpce-${hex(index)}`;
  const name = `${id}-abcdefgh.ec2.ap-south-1.vpce.amazonaws.com`;
  return {
    VpcEndpointId: id,
    VpcEndpointType: 'Interface',
    VpcId: vpcOf(index),
    ServiceName: 'com.amazonaws.ap-south-1.ec2',
    State: 'available',
    PolicyDocument: policy,
    RouteTableIds: [],
    SubnetIds: [subnetOf(index, 0), subnetOf(index, 1)],
    Groups: [{ GroupId: groupOf(index), GroupName: 'endpoints' }],
    IpAddressType: 'ipv4',
    DnsOptions: { DnsRecordIpType: 'ipv4' },
    PrivateDnsEnabled: true,
    RequesterManaged: false,
    NetworkInterfaceIds: [0, 1].map(zone => `eni-${hex(index * 2 + zone)}`),
    DnsEntries: ['', '-ap-south-1a', '-ap-south-1b', '-private'].map(suffix => ({
      DnsName: name.replace('.ec2', `${suffix}.ec2`),
      HostedZoneId: 'Z2KCTV52BXUXUK',
    })),
    CreationTimestamp: new Date('2026-11-21T09:00:00Z'),
    Tags: [
      { Key: 'Name', Value: `endpoint ${index}` },
      { Key: 'Team', Value: `team ${index % 7}` },
    ],
    OwnerId: account,
  };
}

function interfaceAt(index: number) {
  const endpoint = Math.floor(index / 2);
  return {
    NetworkInterfaceId: `eni-${hex(index)}`,
    VpcId: vpcOf(endpoint),
    SubnetId: subnetOf(endpoint, index % 2),
    AvailabilityZone: `ap-south-1${'ab'[index % 2]}`,
    InterfaceType: 'vpc_endpoint',
    PrivateIpAddress: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    Groups: [{ GroupId: groupOf(endpoint), GroupName: 'endpoints' }],
    Description: `VPC Endpoint Interface vpce-${hex(endpoint)}`,
    MacAddress: '06:11:22:33:44:55',
    OwnerId: account,
    RequesterManaged: true,
    SourceDestCheck: true,
    Status: 'in-use',
  };
}

type Lists = Readonly<Record<string, readonly [member: string, count: number, at: (index: number) => object]>>;

const lists = (count: number): Lists => ({
  DescribeVpcEndpoints: ['VpcEndpoints', count, endpointAt],
  DescribeNetworkInterfaces: ['NetworkInterfaces', count * 2, interfaceAt],
  DescribeSubnets: ['Subnets', vpcCount * 2, index => subnetAt(index)],
  DescribeSecurityGroups: [
    'SecurityGroups',
    vpcCount,
    index => ({ GroupId: groupOf(index), GroupName: 'endpoints', VpcId: vpcOf(index), OwnerId: account }),
  ],
  DescribeSecurityGroupRules: [
    'SecurityGroupRules',
    vpcCount,
    index => ({
      SecurityGroupRuleId: `sgr-${hex(index)}`,
      GroupId: groupOf(index),
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      CidrIpv4: '10.0.0.0/8',
    }),
  ],
  DescribeRouteTables: [
    'RouteTables',
    vpcCount,
    index => ({
      RouteTableId: `rtb-${hex(index)}`,
      VpcId: vpcOf(index),
      Routes: [],
      Associations: [],
      OwnerId: account,
    }),
  ],
  DescribePrefixLists: ['PrefixLists', 0, () => ({})],
  DescribeManagedPrefixLists: ['PrefixLists', 0, () => ({})],
});

function subnetAt(index: number) {
  return {
    SubnetId: `subnet-${hex(index)}`,
    VpcId: vpcOf(index >> 1),
    CidrBlock: `10.${index}.0.0/16`,
    AvailabilityZone: `ap-south-1${'ab'[index % 2]}`,
    AvailabilityZoneId: `aps1-az${(index % 2) + 1}`,
    State: 'available',
    OwnerId: account,
  };
}

/** The page that a request asks for, as AWS writes it. */
function answerTo(form: URLSearchParams, known: Lists) {
  const action = form.get('Action') ?? '';
  const whoAmI = findService('sts')?.actions.get(action);
  if (whoAmI) return encodeAnswer(whoAmI, { Account: account, Arn: `arn:aws:iam::${account}:user/bench` }, 'bench');
  const operation = findService('ec2')?.actions.get(action);
  const list = known[action];
  if (!operation || !list) throw new Error(`${action} is not served here`);
  const [member, count, at] = list;
  const from = Number(form.get('NextToken') ?? 0);
  const to = Math.min(count, from + Number(form.get('MaxResults') ?? 1000));
  const items = Array.from({ length: to - from }, (_, offset) => at(from + offset));
  return encodeAnswer(operation, { [member]: items, ...(to < count ? { NextToken: String(to) } : {}) }, 'bench');
}

const count = Number(process.argv[2]);
const known = lists(count);
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    const answer = answerTo(new URLSearchParams(Buffer.concat(chunks).toString()), known);
    response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length }).end(answer.body);
  });
});
if (count) server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.on('SIGTERM', () => process.exit(0));
