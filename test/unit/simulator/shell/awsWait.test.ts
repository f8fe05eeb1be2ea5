import assert from 'node:assert/strict';
import { CloudBench } from '../../../support/cloudBench';

describe('aws … wait', () => {
  it('polls until the condition holds, and says nothing', async () => {
    const { text, status, tookMs } = await new CloudBench().run(
      'I=$(aws ec2 describe-instances --query "Reservations[].Instances[].InstanceId" --output text); aws ec2 wait instance-running --instance-ids $I && echo running',
    );
    assert.equal(text, 'running\n');
    assert.equal(status, 0);
    assert.ok(tookMs < 5_000, `${tookMs} ms`);
  });

  it('gives up after the attempts that the waiter has', async () => {
    const { text, status, tookMs } = await new CloudBench().run(
      'aws ec2 wait vpc-exists --vpc-ids vpc-0123456789abcdef0',
    );
    assert.equal(
      text,
      '\nWaiter VpcExists failed: Max attempts exceeded. Previously accepted state: Matched expected service error code: InvalidVpcID.NotFound\n',
    );
    assert.equal(status, 255);
    assert.ok(tookMs >= 4_000 && tookMs < 6_000, `${tookMs} ms`);
  });

  it('ends at once where the condition cannot hold any more', async () => {
    const { text, status } = await new CloudBench().run(
      'I=$(aws ec2 describe-instances --query "Reservations[].Instances[].InstanceId" --output text); aws ec2 wait instance-terminated --instance-ids $I & sleep 3; kill $!; aws ec2 wait network-interface-available --network-interface-ids eni-0123456789abcdef0',
    );
    assert.match(
      text,
      /\nWaiter NetworkInterfaceAvailable failed: Waiter encountered a terminal failure state: Matched expected service error code: InvalidNetworkInterfaceID\.NotFound\n$/,
    );
    assert.equal(status, 255);
  });
});

describe('the settings of aws on an instance', () => {
  it('are written by aws configure and used by profile', async () => {
    const bench = new CloudBench();
    const keys = bench.cloud.accounts[0];
    assert.ok(keys);
    const { text } = await bench.run(
      [
        `aws configure set aws_access_key_id ${keys.accessKeyId} --profile other`,
        `aws configure set aws_secret_access_key ${keys.secretAccessKey} --profile other`,
        'aws configure set region eu-west-1 --profile other',
        'aws configure set output text --profile other',
        'aws configure get region --profile other',
        'aws configure list-profiles',
        'aws sts get-caller-identity --query Account --profile other',
        'AWS_PROFILE=other aws configure list | grep region',
        'cat ~/.aws/config; stat -c %a ~/.aws/credentials 2>/dev/null || true',
      ].join('\n'),
    );
    assert.equal(
      text,
      [
        'eu-west-1',
        'other',
        keys.accountId,
        '    region                eu-west-1      config-file    ~/.aws/config',
        '[profile other]',
        'region = eu-west-1',
        'output = text',
        '600',
        '',
      ].join('\n'),
    );
  });

  it('are asked for one by one, and an empty line leaves a value as it is', async () => {
    const { text } = await new CloudBench().run(
      "printf 'AKIAEXAMPLE\\nsecret\\n\\njson\\n' | aws configure > /tmp/asked; cat /tmp/asked; echo; cat ~/.aws/credentials ~/.aws/config; printf '\\n\\n\\n\\n' | aws configure",
    );
    assert.equal(
      text,
      [
        'AWS Access Key ID [None]: AWS Secret Access Key [None]: Default region name [None]: Default output format [None]: ',
        '[default]',
        'aws_access_key_id = AKIAEXAMPLE',
        'aws_secret_access_key = secret',
        '[default]',
        'output = json',
        `AWS Access Key ID [****************MPLE]: AWS Secret Access Key [****************cret]: Default region name [None]: Default output format [json]: `,
      ].join('\n'),
    );
  });
});

describe('the output of aws on a terminal', () => {
  it('goes through the pager that is set, and waits for it', async () => {
    const { text, status } = await new CloudBench().run(
      "AWS_PAGER='sed -n 2,3p' aws ec2 describe-vpcs; AWS_PAGER='sed -n 2p' aws ec2 describe-vpcs --no-cli-pager | head -1",
    );
    assert.equal(text, '    "Vpcs": [\n        {\n{\n');
    assert.equal(status, 0);
  });

  it('is refused when there is no such pager', async () => {
    const { text, status } = await new CloudBench().run('AWS_PAGER=nopager aws ec2 describe-vpcs');
    assert.match(
      text,
      /^\nUnable to redirect output to pager\. Received the following error when opening pager:\n\[Errno 2\] No such file or directory: 'nopager'\n\nLearn more/,
    );
    assert.equal(status, 253);
  });

  it('does not go through it when it is piped', async () => {
    const { text } = await new CloudBench().run('AWS_PAGER=nopager aws ec2 describe-instances | head -1; echo done');
    assert.match(text, /^\{\ndone\n$/);
  });

  it('goes to the address that the environment or the profile names', async () => {
    const { text } = await new CloudBench().run(
      [
        'export AWS_MAX_ATTEMPTS=1',
        'AWS_ENDPOINT_URL_EC2=http://127.0.0.1:9 aws ec2 describe-vpcs',
        'aws configure set endpoint_url http://127.0.0.1:8',
        'aws sts get-caller-identity',
      ].join('\n'),
    );
    assert.equal(
      text,
      '\nCould not connect to the endpoint URL: "http://127.0.0.1:9/"\n\nCould not connect to the endpoint URL: "http://127.0.0.1:8/"\n',
    );
  });
});
