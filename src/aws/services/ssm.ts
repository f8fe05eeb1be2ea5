// See ec2.ts.
export {
  DescribeInstanceInformationCommand,
  ResumeSessionCommand,
  SSMClient as Client,
  StartSessionCommand,
  TerminateSessionCommand,
} from '@aws-sdk/client-ssm';
