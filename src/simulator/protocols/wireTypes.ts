/** What the rest of the simulator may know of the wire shapes; only this room imports `@aws-sdk/*`. */
export type * as Ec2 from '@aws-sdk/client-ec2';
export type * as InstanceConnect from '@aws-sdk/client-ec2-instance-connect';
export type * as Elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
export type * as Iam from '@aws-sdk/client-iam';
export type * as Kms from '@aws-sdk/client-kms';
export type * as S3 from '@aws-sdk/client-s3';
export type * as Ssm from '@aws-sdk/client-ssm';
export type * as Sts from '@aws-sdk/client-sts';
