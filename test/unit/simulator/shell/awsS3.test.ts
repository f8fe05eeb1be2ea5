import assert from 'node:assert/strict';
import { passes, takeFilters } from '../../../../src/simulator/shell/programs/aws/s3/transferFilters';
import { CloudBench } from '../../../support/cloudBench';

/** Runs a script as the account's owner, with `$B` a bucket of the region; the text has LF line ends. */
async function run(script: string): Promise<{ text: string; status: number }> {
  const bench = new CloudBench();
  const keys = bench.cloud.accounts[1];
  assert.ok(keys);
  const setting = [
    `export AWS_ACCESS_KEY_ID=${keys.accessKeyId} AWS_SECRET_ACCESS_KEY=${keys.secretAccessKey} AWS_MAX_ATTEMPTS=2`,
    'cd /home/ssm-user',
    'B=$(aws s3 ls | grep ap-south-1 | cut -d" " -f3)',
  ];
  const { text, status } = await bench.run([...setting, script].join('\n'));
  return { text: text.replaceAll(/practice-consumer-ap-south-1-[0-9a-f]+/g, 'BUCKET'), status };
}

describe('aws s3 on an instance', () => {
  it('copies down, up and across, moves, and deletes, saying what it did', async () => {
    const { text, status } = await run(
      [
        'aws s3 cp s3://$B/readme.txt . --no-progress',
        'cp readme.txt again.txt',
        'aws s3 cp again.txt s3://$B/up/ --no-progress',
        'aws s3 cp s3://$B/up/again.txt s3://$B/up/twice.txt --no-progress',
        'aws s3 mv s3://$B/up/twice.txt /tmp/ --no-progress',
        '[ "$(cat readme.txt)" = "$(cat /tmp/twice.txt)" ] && echo same',
        'aws s3 rm s3://$B/up --recursive',
        'aws s3 ls s3://$B/up/; echo $?',
        'echo text | aws s3 cp - s3://$B/stream && aws s3 cp s3://$B/stream -',
      ].join('\n'),
    );
    assert.equal(
      text,
      [
        'download: s3://BUCKET/readme.txt to ./readme.txt',
        'upload: ./again.txt to s3://BUCKET/up/again.txt',
        'copy: s3://BUCKET/up/again.txt to s3://BUCKET/up/twice.txt',
        'move: s3://BUCKET/up/twice.txt to ../../tmp/twice.txt',
        'same',
        'delete: s3://BUCKET/up/again.txt',
        '1',
        'text',
        '',
      ].join('\n'),
    );
    assert.equal(status, 0);
  });

  it('shows the progress of a transfer in a line that it writes over', async () => {
    const { text } = await run('aws s3 cp s3://$B/readme.txt . | tr "\\r" "\\n"');
    assert.match(
      text,
      /^Completed \d+ Bytes\/\d+ Bytes \([\d.]+ \w+\/s\) with 1 file\(s\) remaining\ndownload: \S+ to \.\/readme\.txt *\n$/,
    );
  });

  it('sends only what changed when it synchronises, and deletes only when told', async () => {
    const { text } = await run(
      [
        'mkdir site && echo one > site/a.txt && echo two > site/b.txt',
        'aws s3 sync site s3://$B/site --no-progress',
        'aws s3 sync site s3://$B/site --no-progress',
        'rm site/a.txt && echo three > site/b.txt',
        'aws s3 sync site s3://$B/site --no-progress',
        'aws s3 sync site s3://$B/site --no-progress --delete',
        'aws s3 sync s3://$B/site copy --no-progress && cat copy/b.txt',
      ].join('\n'),
    );
    assert.equal(
      text,
      [
        'upload: site/a.txt to s3://BUCKET/site/a.txt',
        'upload: site/b.txt to s3://BUCKET/site/b.txt',
        'upload: site/b.txt to s3://BUCKET/site/b.txt',
        'delete: s3://BUCKET/site/a.txt',
        'download: s3://BUCKET/site/b.txt to copy/b.txt',
        'three',
        '',
      ].join('\n'),
    );
  });

  it('makes and removes buckets, and URLs that work without keys', async () => {
    const { text } = await run(
      [
        'aws s3 mb s3://made-by-hand-4711',
        'echo hello | aws s3 cp - s3://made-by-hand-4711/a.txt',
        'curl -s "$(aws s3 presign s3://made-by-hand-4711/a.txt --expires-in 60)"',
        'aws s3 rb s3://made-by-hand-4711 --force',
      ].join('\n'),
    );
    assert.equal(
      text,
      [
        'make_bucket: made-by-hand-4711',
        'hello',
        'delete: s3://made-by-hand-4711/a.txt',
        'remove_bucket: made-by-hand-4711',
        '',
      ].join('\n'),
    );
  });

  it('finds a bucket of another region by itself', async () => {
    const { text, status } = await run('aws s3 ls s3://$(aws s3 ls | grep eu-west-1 | cut -d" " -f3)/readme.txt');
    assert.match(text, / readme\.txt\n$/);
    assert.equal(status, 0);
  });

  const failures: readonly (readonly [line: string, text: string, status: number])[] = [
    [
      'aws s3 ls s3://some-bucket --region mars-1',
      '\nCould not connect to the endpoint URL: "https://some-bucket.s3.mars-1.amazonaws.com/?list-type=2&prefix=&delimiter=%2F&encoding-type=url"\n',
      255,
    ],
    [
      "aws s3 ls --endpoint-url 'https://*.vpce-0123-abc.s3.ap-south-1.vpce.amazonaws.com'",
      '\nInvalid endpoint: https://*.vpce-0123-abc.s3.ap-south-1.vpce.amazonaws.com\n',
      255,
    ],
    [
      'aws s3 ls s3://some-bucket/x/ --endpoint-url https://bucket.vpce-0-0.s3.mars-1.vpce.amazonaws.com',
      '\nCould not connect to the endpoint URL: "https://bucket.vpce-0-0.s3.mars-1.vpce.amazonaws.com/some-bucket?list-type=2&prefix=x%2F&delimiter=%2F&encoding-type=url"\n',
      255,
    ],
    [
      'AWS_ACCESS_KEY_ID= AWS_EC2_METADATA_DISABLED=true aws s3 cp s3://some-bucket/x . --region ap-south-1',
      'fatal error: Unable to locate credentials\n',
      1,
    ],
    [
      'mkdir d; aws s3 cp d s3://$B/; aws s3 cp d s3://$B/x',
      [
        'upload failed: d/ to s3://BUCKET/ Parameter validation failed:',
        'Invalid length for parameter Key, value: 0, valid min length: 1',
        "upload failed: d/ to s3://BUCKET/x [Errno 21] Is a directory: '/home/ssm-user/d/'",
        '',
      ].join('\n'),
      1,
    ],
    ['aws s3 rm s3://$B && aws s3 ls s3://$B/readme.txt | grep -c readme', '1\n', 0],
    ["aws s3 cp s3://b/k . --endpoint-url 'https://*.vpce-1'", '\nInvalid endpoint: https://*.vpce-1\n', 255],
    ['aws s3 ls --region nowhere_1', "\nProvided region_name 'nowhere_1' doesn't match a supported format.\n", 255],
    ['aws s3 ls s3://$B --page-size x', "\ninvalid literal for int() with base 10: 'x'\n", 255],
    [
      'aws s3api get-bucket-policy --bucket some-bucket --region mars-1',
      '\nCould not connect to the endpoint URL: "https://some-bucket.s3.mars-1.amazonaws.com/?policy"\n',
      255,
    ],
    [
      'aws s3 cp s3://$B/x y --storage-class GLACIER',
      '\nThe practice cloud does not have aws s3 cp --storage-class.\n',
      255,
    ],
  ];
  for (const [line, wanted, status] of failures) {
    it(`ends with ${status} for ${line}`, async () => assert.deepEqual(await run(line), { text: wanted, status }));
  }
});

describe("the lines of aws s3's transfers", () => {
  for (const line of ['aws s3 cp', 'aws s3 cp a', 'aws s3 cp a --quiet s3://b', 'aws s3 rm']) {
    it(`want their paths side by side: ${line}`, async () => {
      const { text, status } = await run(line);
      assert.match(text, /\n\naws: error: the following arguments are required: paths\n\n$/);
      assert.equal(status, 252);
    });
  }
});

describe("the filters of aws s3's transfers", () => {
  it('are taken in order, and the last that fits decides', () => {
    const { filters, rest } = takeFilters(['a', '--exclude', '*', '--include=*.txt', 'b']);
    assert.deepEqual(rest, ['a', 'b']);
    assert.equal(passes(filters, 'bucket/', 'bucket/deep/x.txt'), true);
    assert.equal(passes(filters, 'bucket/', 'bucket/x.csv'), false);
    assert.equal(passes([...filters].reverse(), 'bucket/', 'bucket/x.txt'), false);
    assert.equal(passes([{ isIncluding: false, pattern: '[ab]?.t*' }], '', 'a1.txt'), false);
  });
});
