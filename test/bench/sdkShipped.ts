/** The SDK as the extension loads it: a chunk for each service, with the commands that it uses. */
export function load(): Promise<readonly object[]> {
  return Promise.all([
    import('../../src/aws/services/ec2'),
    import('../../src/aws/services/ssm'),
    import('../../src/aws/services/sts'),
    import('../../src/aws/services/iam'),
    import('../../src/aws/services/kms'),
    import('../../src/aws/services/profiles'),
  ]);
}
