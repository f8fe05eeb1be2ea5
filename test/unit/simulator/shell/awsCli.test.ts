import assert from 'node:assert/strict';
import { CloudBench } from '../../../support/cloudBench';

describe('aws on an instance', () => {
  it('finds region and keys by the metadata service and prints JSON', async () => {
    const { text, status } = await new CloudBench().run('aws ec2 describe-vpcs');
    assert.equal(status, 0);
    const { Vpcs } = JSON.parse(text) as { Vpcs: { CidrBlock: string }[] };
    assert.equal(Vpcs[0]?.CidrBlock, '172.31.0.0/16');
  });

  it('shows its requests to a capture on the same instance', async () => {
    const script =
      'sudo timeout -s INT 20 tcpdump -nn -c 3 dst port 443 2>/dev/null & sleep 1; aws ec2 describe-instances > /tmp/out; wait; grep -c InstanceId /tmp/out';
    const { text } = await new CloudBench().run(script);
    const lines = text.split('\n');
    assert.match(
      lines[0] ?? '',
      /IP 172\.31\.\d+\.\d+\.\d+ > [\d.]+\.443: Flags \[S\], seq \d+, win 62727, options \[mss 8961,/,
    );
    assert.match(lines[2] ?? '', /Flags \[P\.\], seq 0:517, ack 1, .* length 517$/);
    assert.equal(lines.at(-2), '1');
  });

  const refusals: readonly (readonly [script: string, text: RegExp | string, status: number])[] = [
    [
      'aws ec2 describe-vpcs --vpc-ids vpc-0',
      /^\nAn error occurred \(InvalidVpcI[dD]\.Malformed\) when calling the DescribeVpcs operation: /,
      254,
    ],
    [
      'AWS_EC2_METADATA_DISABLED=true aws ec2 describe-vpcs',
      '\nYou must specify a region. You can also configure your region by running "aws configure".\n',
      253,
    ],
    [
      'AWS_EC2_METADATA_DISABLED=true aws ec2 describe-vpcs --region ap-south-1',
      '\nUnable to locate credentials. You can configure credentials by running "aws configure".\n',
      253,
    ],
    [
      'AWS_ACCESS_KEY_ID=AKIAXXXXXXXXXXXXXXXX AWS_SECRET_ACCESS_KEY=x aws ec2 describe-vpcs',
      /^\nAn error occurred \(AuthFailure\) when calling the DescribeVpcs operation: /,
      254,
    ],
    [
      'aws ec2 describe-vpcs --endpoint-url x',
      '\nBad value for --endpoint-url "x": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/\n',
      252,
    ],
    [
      'aws ec2 describe-vpcs --endpoint-url https://nope.invalid',
      '\nCould not connect to the endpoint URL: "https://nope.invalid/"\n',
      255,
    ],
    [
      'aws ec2 describe-vpcs --endpoint-url http://127.0.0.1:9',
      '\nCould not connect to the endpoint URL: "http://127.0.0.1:9/"\n',
      255,
    ],
    ['aws ec2 describe-vpcs --endpoint-url https://sts.ap-south-1.amazonaws.com --region ap-south-1', /./, 254],
    ['aws ec2 describe-vpcs --region', /aws: error: argument --region: expected one argument\n\n$/, 252],
    ['aws ec2 describe', /aws: error: argument operation: Invalid choice/, 252],
    ['aws ecx describe-vpcs', /aws: error: argument command: Invalid choice/, 252],
    ['aws', /aws: error: the following arguments are required: command\n\n$/, 252],
    ['aws ec2 describe-vpcs --profile nobody', '\nThe config profile (nobody) could not be found\n', 255],
  ];
  for (const [script, wanted, status] of refusals) {
    it(`ends with ${status} for ${script}`, async () => {
      const result = await new CloudBench().run(script);
      if (typeof wanted === 'string') assert.equal(result.text, wanted);
      else assert.match(result.text, wanted);
      assert.equal(result.status, status);
    });
  }

  it('words a wrong line as the CLI does, a blank line before and behind', async () => {
    const { text } = await new CloudBench().run('aws ec2 describe-vpcs --output csv');
    assert.match(text, /^\nusage: aws \[options\] (?:.*\n)+ {2}aws <command> <subcommand> help\n\naws: error: /);
    assert.ok(
      text.endsWith(
        `Invalid choice, valid choices are:\n\n${[['json', 'text'], ['table', 'yaml'], ['yaml-stream']]
          .map(row => row.map(choice => choice.padEnd(40)).join(' | '))
          .join('\n')}\n\n`,
      ),
      text,
    );
  });

  it('tries three times for a minute each when nothing answers', async () => {
    const { text, status, tookMs } = await new CloudBench().run(
      'aws ec2 describe-vpcs --endpoint-url https://10.9.9.9',
    );
    assert.equal(text, '\nConnect timeout on endpoint URL: "https://10.9.9.9/"\n');
    assert.equal(status, 255);
    assert.ok(tookMs >= 180_000 && tookMs < 185_000, `${tookMs} ms`);
  });

  it('gives up sooner when told to', async () => {
    const { tookMs } = await new CloudBench().run(
      'AWS_MAX_ATTEMPTS=1 aws ec2 describe-vpcs --endpoint-url https://10.9.9.9 --cli-connect-timeout 4',
    );
    assert.ok(tookMs >= 4_000 && tookMs < 4_100, `${tookMs} ms`);
  });

  it('refuses a certificate of another name', async () => {
    const { text, status } = await new CloudBench().run(
      'A=$(dig +short sts.ap-south-1.amazonaws.com | head -1); aws ec2 describe-vpcs --endpoint-url https://$A',
    );
    assert.match(
      text,
      /^\nSSL validation failed for https:\/\/([\d.]+)\/ \[SSL: CERTIFICATE_VERIFY_FAILED\] certificate verify failed: IP address mismatch, certificate is not valid for '\1'\. \(_ssl\.c:1147\)\n$/,
    );
    assert.equal(status, 255);
  });
});
