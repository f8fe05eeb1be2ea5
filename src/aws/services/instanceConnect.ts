// See ec2.ts.
export { EC2InstanceConnectClient as Client, SendSSHPublicKeyCommand } from '@aws-sdk/client-ec2-instance-connect';
