import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPracticeCloud } from '../../../../src/simulator/createPracticeCloud';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import { signRequest } from '../../../../src/simulator/protocols/clientCodec';
import { Timeline } from '../../../../src/simulator/timeline';

const word = fc.constantFrom(
  ...[
    'Action',
    'Version',
    'DescribeVpcs',
    '2016-11-15',
    'Filter',
    '1',
    'Name',
    'Value',
    '.',
    '=',
    '&',
    '%',
    '%00',
    '+',
  ],
  ...['{', '}', '"', ':', '[', ']', 'Target', 'member', '__proto__', 'é', '\u0000', '-1', 'Tag', 'GetCallerIdentity'],
);
const body = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.array(word, { maxLength: 30 }).map(words => new TextEncoder().encode(words.join(''))),
);
const target = fc.constantFrom('', 'AmazonSSM.GetParameter', 'AmazonSSM.StartSession', 'AmazonSSM', 'x.y.z');

describe('the practice cloud', () => {
  it('refuses garbage of callers that it knows, and of those that it does not', async () => {
    const complaints: string[] = [];
    const complain = (message: string) => complaints.push(message);
    const cloud = createPracticeCloud({
      seed: 'garbage',
      pace: 1,
      world: 'default-vpc',
      digests: nodeDigests,
      timeline: new Timeline(Date.UTC(2026, 10, 21)),
      streamHost: () => 'wss://stream.test',
      log: { debug() {}, info() {}, warn() {}, error: complain },
    });
    const [keys] = cloud.accounts;
    assert.ok(keys);
    const scope = { region: 'ap-south-1', nowMs: cloud.world.timeline.now(), digests: nodeDigests };
    const services = fc.constantFrom(
      'ec2',
      'sts',
      'iam',
      'ssm',
      'elasticloadbalancing',
      's3',
      'kms',
      'ec2-instance-connect',
      'nothing',
    );
    const headers = fc.dictionary(fc.constantFrom('authorization', 'x-amz-date', 'content-type'), fc.string());
    await fc.assert(
      fc.asyncProperty(services, body, target, headers, fc.boolean(), async (service, bytes, name, more, isSigned) => {
        const given = { ...more, 'x-amz-target': name };
        const request = { method: 'POST', host: 'any', path: '/', query: '', headers: given, body: bytes };
        const sent = isSigned ? await signRequest(request, keys, { ...scope, service }) : request;
        const { status } = await cloud.handle(sent);
        assert.ok(status === 200 || (status >= 400 && status < 500), String(status));
        assert.deepEqual(complaints, []);
      }),
      { numRuns: 1000 },
    );
    cloud.dispose();
  });
});
