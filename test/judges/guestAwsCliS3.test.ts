import assert from 'node:assert/strict';
import { TwoClis } from '../support/guestAwsCli';

/** Lines as they are typed; `$B` is a bucket with objects, and words may stand in single quotes. */
const lines: readonly string[] = [
  's3 ls',
  's3 ls s3://$B/reports/',
  's3 ls s3://$B --recursive --human-readable --summarize',
  's3 ls s3://$B/nothing/',
  's3 ls s3://no-such-bucket-anywhere',
  's3 ls s3:///',
  's3 ls --bogus',
  's3 cp s3://$B/readme.txt - --no-progress',
  's3 cp s3://$B/missing.txt /tmp/x',
  's3 cp /tmp/does-not-exist s3://$B/x',
  's3 cp /tmp/a /tmp/b',
  's3 cp s3://$B/readme.txt s3://$B/copies/ --no-progress',
  's3 cp s3://$B/readme.txt s3://no-such-bucket-anywhere/x --no-progress',
  's3 mv s3://$B/readme.txt s3://$B/readme.txt',
  's3 rm s3://$B/copies/readme.txt',
  's3 rm /tmp/x',
  's3 mb s3://$B',
  's3 rb s3://$B',
  's3api list-objects-v2 --bucket $B --query Contents[].[Key,Size] --output text',
  's3api list-objects-v2 --bucket $B --max-items 1 --query [Contents[].Key,NextToken]',
  's3api list-objects-v2 --bucket $B --no-paginate --delimiter / --query CommonPrefixes',
  's3api get-bucket-location --bucket $B',
  's3api get-bucket-policy --bucket $B',
  's3api head-bucket --bucket no-such-bucket-anywhere',
  's3api create-bucket --bucket $B',
  's3api wait bucket-exists --bucket $B',
  'kms list-aliases --query length(Aliases)',
  'kms describe-key --key-id 1234abcd-12ab-34cd-56ef-1234567890ab',
  `kms decrypt --ciphertext-blob 'abc'`,
];

function words(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe("the instance's aws s3 beside the AWS CLI itself", function () {
  this.timeout(60_000);
  let clis: TwoClis;
  let bucket = '';

  before(async () => {
    clis = await TwoClis.start();
    const { stdout } = await clis.simulated([
      ...['s3api', 'list-buckets', '--query', 'Buckets[].Name', '--output', 'text'],
      ...['--endpoint-url', clis.endpoint],
    ]);
    bucket = stdout.split(/\s/).find(name => name.includes('ap-south-1')) ?? '';
  });

  after(() => clis?.close());

  for (const line of lines) {
    it(`ends alike: aws ${line}`, async () => {
      const args = [...words(line.replaceAll('$B', bucket)), '--endpoint-url', clis.endpoint];
      assert.deepEqual(await clis.simulated(args), await clis.real(args));
    });
  }
});
