/** AWS managed policies that the labs attach, and common ones ("AWS Managed Policy Reference Guide"). */
import type { PolicyDocument } from './policyDocument';

export interface ManagedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly document: PolicyDocument;
}

const allow = (...actions: readonly string[]): PolicyDocument => ({
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

const documents: Readonly<Record<string, PolicyDocument>> = {
  AdministratorAccess: allow('*'),
  AmazonEC2FullAccess: allow('ec2:*', 'elasticloadbalancing:*', 'cloudwatch:*', 'autoscaling:*'),
  AmazonEC2ReadOnlyAccess: allow(
    'ec2:Describe*',
    'ec2:GetSecurityGroupsForVpc',
    'elasticloadbalancing:Describe*',
    'cloudwatch:ListMetrics',
    'cloudwatch:GetMetricStatistics',
    'cloudwatch:Describe*',
    'autoscaling:Describe*',
  ),
  AmazonS3ReadOnlyAccess: allow(
    's3:Get*',
    's3:List*',
    's3:Describe*',
    's3-object-lambda:Get*',
    's3-object-lambda:List*',
  ),
  AmazonSSMManagedInstanceCore: allow(
    'ssm:DescribeAssociation',
    'ssm:GetDeployablePatchSnapshotForInstance',
    'ssm:GetDocument',
    'ssm:DescribeDocument',
    'ssm:GetManifest',
    'ssm:GetParameter',
    'ssm:GetParameters',
    'ssm:ListAssociations',
    'ssm:ListInstanceAssociations',
    'ssm:PutInventory',
    'ssm:PutComplianceItems',
    'ssm:PutConfigurePackageResult',
    'ssm:UpdateAssociationStatus',
    'ssm:UpdateInstanceAssociationStatus',
    'ssm:UpdateInstanceInformation',
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
    'ec2messages:AcknowledgeMessage',
    'ec2messages:DeleteMessage',
    'ec2messages:FailMessage',
    'ec2messages:GetEndpoint',
    'ec2messages:GetMessages',
    'ec2messages:SendReply',
  ),
  AmazonVPCReadOnlyAccess: allow('ec2:Describe*', 'ec2:GetManagedPrefixListEntries', 'ec2:GetSecurityGroupsForVpc'),
  AmazonS3FullAccess: allow('s3:*', 's3-object-lambda:*'),
  AmazonSSMReadOnlyAccess: allow('ssm:Describe*', 'ssm:Get*', 'ssm:List*'),
  IAMFullAccess: allow('iam:*', 'organizations:DescribeAccount', 'organizations:ListPolicies'),
  PowerUserAccess: {
    Statement: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole', 'iam:ListRoles'],
        Resource: '*',
      },
    ],
  },
  IAMReadOnlyAccess: allow('iam:Get*', 'iam:List*', 'iam:Simulate*', 'iam:GenerateCredentialReport'),
};

const policies = new Map(
  Object.entries(documents).map(([name, document]): [string, ManagedPolicy] => {
    const arn = `arn:aws:iam::aws:policy/${name}`;
    return [arn, { name, arn, document }];
  }),
);

/** All of them. */
export const awsManagedPolicies: readonly ManagedPolicy[] = [...policies.values()];

export const ec2ReadOnlyPolicyArn = 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess';
export const s3ReadOnlyPolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
export const managedInstancePolicyArn = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
export const administratorPolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';

export function findManagedPolicy(arn: string): ManagedPolicy | undefined {
  return policies.get(arn);
}
