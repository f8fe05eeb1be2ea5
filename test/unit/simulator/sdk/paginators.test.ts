import assert from 'node:assert/strict';
import * as ec2Sdk from '@aws-sdk/client-ec2';
import * as elbv2Sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iamSdk from '@aws-sdk/client-iam';
import * as kmsSdk from '@aws-sdk/client-kms';
import * as s3Sdk from '@aws-sdk/client-s3';
import * as ssmSdk from '@aws-sdk/client-ssm';
import { operationTables } from '../../../../src/simulator/callDesk';
import { type FullCloud, fullCloud } from '../../../support/fullCloud';
import type { PracticeClients } from '../../../support/practice';
import { codeOf } from '../../../support/refusal';

type Answer = Readonly<Record<string, unknown>>;
type Paginate = (
  configuration: { readonly client: unknown; readonly pageSize?: number },
  input: object,
) => AsyncIterable<Answer>;

const sdks = { ec2: ec2Sdk, elbv2: elbv2Sdk, iam: iamSdk, kms: kmsSdk, s3: s3Sdk, ssm: ssmSdk } as const;
type ServiceName = keyof typeof sdks;

interface Paginator {
  readonly service: ServiceName;
  readonly operation: string;
  readonly paginate: Paginate;
}

/** The SDK's paginators of everything that is simulated. */
const paginators: readonly Paginator[] = (Object.keys(sdks) as ServiceName[]).flatMap(service =>
  Object.entries(sdks[service])
    .map(([name, paginate]) => ({
      service,
      operation: name.replace(/^paginate/, ''),
      name,
      paginate: paginate as never,
    }))
    .filter(
      ({ name, operation }) => name.startsWith('paginate') && Object.hasOwn(operationTables[service] ?? {}, operation),
    ),
);

/** What some lists want to be told. */
const inputs: Readonly<Record<string, (cloud: FullCloud) => object>> = {
  DescribeStaleSecurityGroups: ({ VpcId }) => ({ VpcId }),
  DescribeVpcEndpointServicePermissions: ({ ServiceId }) => ({ ServiceId }),
  DescribeListeners: ({ LoadBalancerArn }) => ({ LoadBalancerArn }),
  DescribeRules: ({ ListenerArn }) => ({ ListenerArn }),
  DescribeSessions: () => ({ State: 'Active' }),
  DescribeAddressesAttribute: () => ({ Attribute: 'domain-name' }),
  GetManagedPrefixListAssociations: ({ PrefixListId }) => ({ PrefixListId }),
  GetManagedPrefixListEntries: ({ PrefixListId }) => ({ PrefixListId }),
  GetParameterHistory: () => ({ Name: '/lab/parameter-0' }),
  GetParametersByPath: () => ({ Path: '/lab' }),
  ListKeyPolicies: ({ KeyId }) => ({ KeyId }),
  ListResourceTags: ({ KeyId }) => ({ KeyId }),
  // Answers of pages name the Region of a bucket, others do not.
  ListBuckets: () => ({ Prefix: 'a-bucket' }),
  ListObjectsV2: ({ Bucket }) => ({ Bucket }),
  ListParts: ({ Bucket, UploadId }) => ({ Bucket, Key: 'parts', UploadId }),
  ListAttachedRolePolicies: ({ RoleName }) => ({ RoleName }),
  ListRolePolicies: ({ RoleName }) => ({ RoleName }),
  ListRoleTags: ({ RoleName }) => ({ RoleName }),
  ListInstanceProfilesForRole: ({ RoleName }) => ({ RoleName }),
  ListInstanceProfileTags: ({ RoleName }) => ({ InstanceProfileName: RoleName }),
  ListPolicyTags: ({ PolicyArn }) => ({ PolicyArn }),
  ListPolicyVersions: ({ PolicyArn }) => ({ PolicyArn }),
  ListEntitiesForPolicy: ({ PolicyArn }) => ({ PolicyArn }),
  ListAttachedUserPolicies: ({ UserName }) => ({ UserName }),
  ListUserPolicies: ({ UserName }) => ({ UserName }),
  ListUserTags: ({ UserName }) => ({ UserName }),
  ListGroupsForUser: ({ UserName }) => ({ UserName }),
  ListAccessKeys: ({ UserName }) => ({ UserName }),
  SimulatePrincipalPolicy: ({ userArn }) => ({
    PolicySourceArn: userArn,
    ActionNames: Array.from({ length: 7 }, (_, index) => `ec2:Describe${index}`),
  }),
  SimulateCustomPolicy: () => ({
    PolicyInputList: [
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
    ],
    ActionNames: Array.from({ length: 7 }, (_, index) => `ec2:Describe${index}`),
  }),
};

/** Lists of which the full cloud has more than a page of the smallest size. */
const long =
  /^(Describe(Subnets|RouteTables|SecurityGroups|SecurityGroupRules|NetworkAcls|NetworkInterfaces|DhcpOptions|Tags|Instances|InstanceStatus|Volumes|VpcEndpoints|ManagedPrefixLists|TargetGroups|Listeners|InstanceTypes|InstanceTypeOfferings)|GetManagedPrefixListEntries|List(Roles|InstanceProfiles|Policies|PolicyVersions|RoleTags|Keys|Aliases|Buckets|ObjectsV2|Parts|Documents)|GetParameterHistory|GetParametersByPath|Simulate(Custom|Principal)Policy)$/;

/** Page sizes that the API references give: "Valid Range" of MaxResults, MaxItems, Limit and PageSize. */
const ranges: readonly (readonly [RegExp, number, number])[] = [
  [/^DescribeRouteTables$/, 5, 100],
  [/^Describe(Vpcs|Subnets|SecurityGroups|SecurityGroupRules|NetworkAcls|DhcpOptions|InternetGateways)$/, 5, 1000],
  [/^Describe(NatGateways|VpcPeeringConnections|NetworkInterfaces|Instances|InstanceStatus|Tags)$/, 5, 1000],
  [/^DescribeIamInstanceProfileAssociations$/, 5, 1000],
  [/^DescribeStaleSecurityGroups$/, 5, 255],
  [/^DescribeInstanceTypes$/, 5, 100],
  [/^DescribeInstanceConnectEndpoints$/, 1, 50],
  [/^(DescribeManagedPrefixLists|GetManagedPrefixListEntries)$/, 1, 100],
  [/^DescribeInstanceInformation$/, 5, 50],
  [/^(ListDocuments|DescribeParameters|GetParameterHistory|ListCommands|ListCommandInvocations)$/, 1, 50],
  [/^GetParametersByPath$/, 1, 10],
  [/^DescribeSessions$/, 1, 200],
  [/^List(Roles|InstanceProfiles|Policies|PolicyVersions|RoleTags|RolePolicies|Users|Keys)$/, 1, 1000],
];

const leastOf = (operation: string) => ranges.find(([names]) => names.test(operation))?.[1] ?? 5;

/** The lists of an answer, whatever they are called. */
function itemsOf(page: Answer): readonly (readonly [string, readonly unknown[]])[] {
  return Object.entries(page).flatMap(([name, value]) => (Array.isArray(value) ? [[name, value] as const] : []));
}

async function pagesOf({ service, operation, paginate }: Paginator, cloud: FullCloud, pageSize?: number) {
  const client = cloud[service as keyof PracticeClients];
  const pages: Answer[] = [];
  // A size that the paginator has no member for is the service's own PageSize.
  const sized = service === 'elbv2' && pageSize !== undefined ? { PageSize: pageSize } : {};
  const size = service === 'elbv2' ? undefined : pageSize;
  const input = { ...inputs[operation]?.(cloud), ...sized };
  for await (const page of paginate({ client, ...(size === undefined ? {} : { pageSize: size }) }, input))
    pages.push(page);
  return pages;
}

/** Everything that pages hold, list by list. */
function together(pages: readonly Answer[]): Readonly<Record<string, readonly unknown[]>> {
  const lists: Record<string, readonly unknown[]> = {};
  for (const page of pages) for (const [name, items] of itemsOf(page)) lists[name] = [...(lists[name] ?? []), ...items];
  return lists;
}

describe("the SDK's paginators", function () {
  this.timeout(40_000);
  let cloud: FullCloud;
  before(async () => {
    cloud = await fullCloud();
  });

  for (const paginator of paginators)
    it(`${paginator.service} ${paginator.operation} gives everything once, in pages as small as may be`, async () => {
      const size = leastOf(paginator.operation);
      const whole = await pagesOf(paginator, cloud);
      const pages = await pagesOf(paginator, cloud, size);
      assert.deepEqual(together(pages), together(whole));
      for (const page of pages)
        for (const [, items] of itemsOf(page)) assert.ok(items.length <= size, `${items.length}`);
      if (long.test(paginator.operation)) assert.ok(pages.length > 1, `${pages.length} page of ${size}`);
    });

  for (const paginator of paginators) {
    const range = ranges.find(([names]) => names.test(paginator.operation));
    if (!range) continue;
    it(`${paginator.operation} takes pages of ${range[1]} to ${range[2]} only`, async () => {
      const [, least, most] = range;
      assert.ok((await pagesOf(paginator, cloud, most)).length > 0);
      // The SDK leaves out a size of zero, as "no size".
      for (const size of [least - 1, most + 1])
        if (size > 0)
          assert.match(
            await codeOf(pagesOf(paginator, cloud, size)),
            /^(InvalidParameterValue|ValidationError|ValidationException|InvalidMaxResults)$/,
            `${size}`,
          );
    });
  }
});
