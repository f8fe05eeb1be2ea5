/** Partitions: groups of regions with names, accounts and rights of their own ("AWS General Reference: Amazon Resource Names"). */

export interface Partition {
  /** The second field of every ARN in it. */
  readonly id: 'aws' | 'aws-cn' | 'aws-us-gov';
  /** Public names of its services end with it: `ec2.cn-north-1.amazonaws.com.cn`. */
  readonly dnsSuffix: string;
}

const standard: Partition = { id: 'aws', dnsSuffix: 'amazonaws.com' };
const china: Partition = { id: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' };
const government: Partition = { id: 'aws-us-gov', dnsSuffix: 'amazonaws.com' };

/** By the region's beginning; a region that nobody has heard of yet is taken to be one of the standard partition. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return china;
  return region.startsWith('us-gov-') ? government : standard;
}

/** `arn:<partition>:iam::<account>:<resource>`, in the partition of a region; IAM's own ARNs name none. */
export function iamArn(region: string, account: string, resource: string): string {
  return `arn:${partitionOf(region).id}:iam::${account}:${resource}`;
}

/** A policy that AWS keeps: `arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess`. */
export function managedPolicyArn(region: string, name: string): string {
  return iamArn(region, 'aws', `policy/${name}`);
}

/** Public name of a service's API in a region: `ec2.ap-south-1.amazonaws.com`. */
export function serviceHost(region: string, labels: string): string {
  return `${labels}.${region}.${partitionOf(region).dnsSuffix}`;
}

/**
 * Names of a service as one who may assume a role; `ec2.amazonaws.com` is understood everywhere, and China's own suffix there as well
 * ("IAM User Guide: AWS JSON policy elements: Principal", "AWS in China: ARNs").
 */
export function servicePrincipals(region: string, service: string): readonly string[] {
  return [...new Set([standard.dnsSuffix, partitionOf(region).dnsSuffix])].map(suffix => `${service}.${suffix}`);
}
