import assert from 'node:assert/strict';
import { TwoClis } from '../support/guestAwsCli';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Lines as they are typed; words may stand in single quotes. They ask for what the models of either CLI have in the same order, because those of
 * the instance are newer.
 */
const lines: readonly string[] = [
  'sts get-caller-identity --output table',
  'iam list-roles --output text',
  'iam list-roles --output yaml',
  'iam list-roles --max-items 1 --no-paginate',
  'ec2 describe-vpcs --output table',
  'ec2 describe-subnets --output yaml-stream --page-size 5',
  'ec2 describe-subnets --max-items 1 --output text',
  'ec2 describe-subnets --query Subnets[*].{Id:SubnetId,Zone:AvailabilityZone} --output table',
  'ec2 describe-subnets --query Subnets[0].[CidrBlock,Nothing,DefaultForAz] --output text',
  'ec2 describe-subnets --query length(Nothing)',
  'ec2 describe-subnets --query Subnets[?a=b]',
  'ec2 describe-subnets --max-results 5 --max-items 3',
  'ec2 describe-vpcs --vpc-id vpc-0123456789abcdef0',
  'ec2 describe-vpcs --bogus x stray --dry-run',
  'ec2 describe-vpcs --filters Nam=x Name=1,Values=2',
  `ec2 describe-vpcs --filters '{"Name":1,"Values":[true]}'`,
  `ec2 describe-vpcs --filters '[{"Name":"x",}]'`,
  'ec2 describe-vpcs --filters file:///nonexistent/file',
  'ec2 describe-vpcs --no',
  'ec2 describe-subnets --max-results 1',
  'iam simulate-principal-policy --policy-source-arn x --action-names a ec2:DescribeVpcs',
  'ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-support --no-enable-dns-support',
  'ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port x',
  'ec2 wait vpc-availble',
  'ec2 wait network-interface-available --network-interface-ids eni-0123456789abcdef0',
  `sts assume-role --cli-input-json '[]'`,
  'ec2 delete-vpc --generate-cli-skeleton',
  'configure list',
];

/** Lines whose end depends on variables. */
const configured: readonly (readonly [line: string, change: Variables])[] = [
  ['ec2 describe-vpcs', { AWS_DEFAULT_REGION: undefined, AWS_ACCESS_KEY_ID: undefined }],
  ['ec2 describe-vpcs', { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }],
  ['ec2 describe-vpcs', { AWS_SECRET_ACCESS_KEY: undefined }],
  ['ec2 describe-vpcs', { AWS_PROFILE: 'nobody' }],
];

function words(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe("the instance's aws beside the AWS CLI itself", function () {
  this.timeout(60_000);
  let clis: TwoClis;

  before(async () => {
    clis = await TwoClis.start();
  });

  after(() => clis?.close());

  async function compare(line: string, change: Variables = {}): Promise<void> {
    const args = [...words(line), '--endpoint-url', clis.endpoint];
    assert.deepEqual(await clis.simulated(args, change), await clis.real(args, change));
  }

  for (const line of lines) it(`ends alike: aws ${line}`, () => compare(line));
  for (const [line, change] of configured)
    it(`ends alike: aws ${line} with ${JSON.stringify(change)}`, () => compare(line, change));
});
