/** Least lengths and numbers that the CLI lets through, which the wire schemas do not carry (boto/botocore:botocore/data/…/service-2.json). */
import type { OperationModel } from '../../../protocols/clientCodec';

/** Members of inputs by their least length, or number; `Name[]` means the items of a list. */
const leastByService: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'ec2-instance-connect': { 1: 'InstanceOSUser', 6: 'AvailabilityZone', 10: 'InstanceId', 80: 'SSHPublicKey' },
  elbv2: {
    1: 'HealthCheckPath Host PageSize Path Priority TagKeys[] Tags',
    2: 'HealthCheckTimeoutSeconds HealthyThresholdCount UnhealthyThresholdCount',
    5: 'HealthCheckIntervalSeconds',
  },
  iam: {
    1: 'AssumeRolePolicyDocument GroupName InstanceProfileName Key Marker MaxItems Path PathPrefix PolicyDocument PolicyName RoleName TagKeys[] UserName',
    3: 'ActionNames[]',
    16: 'AccessKeyId',
    20: 'Arn PermissionsBoundary PolicyArn PolicySourceArn',
    3600: 'MaxSessionDuration',
  },
  kms: {
    1: 'AliasName CiphertextBlob GrantTokens[] KeyId Limit Marker NumberOfBytes PendingWindowInDays Plaintext Policy PolicyName TagKey TargetKeyId',
  },
  ssm: {
    1: 'CloudWatchLogGroupName Content DocumentFilterList KeyId MaxConcurrency MaxErrors Names Names[] Path Reason SessionId Target value valueSet valueSet[]',
    3: 'OutputS3BucketName OutputS3Region',
    30: 'TimeoutSeconds',
    36: 'CommandId',
  },
  sts: {
    1: 'EncodedMessage Key Policy TransitiveTagKeys[]',
    2: 'ExternalId RoleSessionName SourceIdentity',
    6: 'TokenCode',
    9: 'SerialNumber',
    16: 'AccessKeyId',
    20: 'RoleArn arn',
    900: 'DurationSeconds',
  },
};

/** Operations of EC2 whose pages may not be smaller. */
const leastPage = 5;
const pagedOperations =
  'DescribeDhcpOptions DescribeEgressOnlyInternetGateways DescribeIamInstanceProfileAssociations DescribeInstanceTypeOfferings DescribeInstanceTypes DescribeInternetGateways DescribeNatGateways DescribeNetworkAcls DescribeNetworkInterfacePermissions DescribeNetworkInterfaces DescribeRouteTables DescribeSecurityGroupRules DescribeSecurityGroups DescribeStaleSecurityGroups DescribeSubnets DescribeTransitGateways DescribeVpcPeeringConnections DescribeVpcs GetManagedPrefixListAssociations GetSubnetCidrReservations'.split(
    ' ',
  );

const leastByMember: Readonly<Record<string, ReadonlyMap<string, number>>> = Object.fromEntries(
  Object.entries(leastByService).map(([service, limits]) => [
    service,
    new Map(
      Object.entries(limits).flatMap(([least, names]) => names.split(' ').map(name => [name, Number(least)] as const)),
    ),
  ]),
);

/** For the member at the end of a path like `.Tags[0].Key`; undefined where anything goes. */
export function leastOf({ service, name }: OperationModel, path: string): number | undefined {
  const member = (path.split('.').at(-1) ?? '').replace(/\[\d+\]$/, '[]');
  if (service.name === 'ec2') return member === 'MaxResults' && pagedOperations.includes(name) ? leastPage : undefined;
  return leastByMember[service.name]?.get(member);
}
