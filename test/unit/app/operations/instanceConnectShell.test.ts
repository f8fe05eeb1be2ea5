import assert from 'node:assert/strict';
import { connectArguments, connectWay, requireFitCli } from '../../../../src/app/operations/instanceConnectShell';
import { instanceConnectEndpointId, region } from '../../../../src/core/ids';
import type { InstanceConnectEndpoint } from '../../../../src/core/instanceConnectEndpoint';
import { connectWayWords } from '../../../../src/words/shellWays';
import { instance, otherVpcId, subnetA, subnetB, vpcId } from '../../../support/networkBuilders';

const live = { saved: { profile: 'work', region: 'ap-south-1' } };
const practice = {};

const endpoint = (number: number, changes: Partial<InstanceConnectEndpoint> = {}): InstanceConnectEndpoint => ({
  id: instanceConnectEndpointId(`eice-${number.toString(16).padStart(17, '0')}`),
  vpcId,
  subnetId: subnetB,
  networkInterfaceIds: [],
  securityGroupIds: [],
  preservesClientIp: false,
  state: 'createComplete',
  stateMessage: '',
  dnsName: '',
  createdAtMs: 0,
  tags: {},
  ...changes,
});

describe('a shell through an Instance Connect endpoint', () => {
  it('takes a ready endpoint of the VPC, one of the same subnet first', () => {
    const near = endpoint(2, { subnetId: subnetA });
    assert.deepEqual(connectWay(live, instance(), [endpoint(1), near]), {
      kind: 'ready',
      endpoint: near,
      by: 'awsCli',
    });
    assert.deepEqual(connectWay(live, instance(), [endpoint(1)]), {
      kind: 'ready',
      endpoint: endpoint(1),
      by: 'awsCli',
    });
  });

  it('takes the AWS CLI to AWS itself only, whose names lead to its endpoints', () => {
    const by = (serviceEndpointUrls: Readonly<Record<string, string>>, endpointUrl?: string) => {
      const saved = { ...live.saved, serviceEndpointUrls, ...(endpointUrl === undefined ? {} : { endpointUrl }) };
      const way = connectWay({ saved }, instance(), [endpoint(1)]);
      return way.kind === 'ready' ? way.by : way.kind;
    };
    const elsewhere = 'http://127.0.0.1:4566';
    assert.equal(by({}), 'awsCli');
    assert.equal(by({ s3: elsewhere }), 'awsCli');
    assert.equal(by({}, elsewhere), 'ourselves');
    assert.equal(by({ ec2_instance_connect: elsewhere }), 'ourselves');
    const way = connectWay(practice, instance(), [endpoint(1)]);
    assert.equal(way.kind === 'ready' && way.by, 'ourselves');
    assert.match(connectWayWords(way), /Through eice-0+1, by SSH/);
  });

  it('says why there is none: another VPC, still being made, failed, going, not running', () => {
    const say = (...asked: Parameters<typeof connectWay>) => connectWayWords(connectWay(...asked));
    assert.match(say(live, instance(), [endpoint(1, { vpcId: otherVpcId })]), /has no EC2 Instance Connect/);
    assert.match(say(live, instance(), [endpoint(1, { state: 'createInProgress' })]), /eice-0+1 is still being made/);
    const failed = endpoint(1, { state: 'createFailed', stateMessage: 'no free address' });
    assert.match(say(live, instance(), [failed]), /eice-0+1 could not be made: no free address\. Delete it/);
    assert.match(say(live, instance(), [endpoint(1, { state: 'deleteInProgress' })]), /has no EC2 Instance Connect/);
    assert.match(say(live, instance({ state: 'stopped' }), [endpoint(1)]), /does not run/);
    assert.match(say(live, instance(), [endpoint(1)]), /Through eice-0+1, with the AWS CLI/);
  });

  it('hands each word to the program as it is, whatever the profile is called', () => {
    const saved = { profile: `it's; $(rm -rf ~)`, region: 'ap-south-1' };
    const words = connectArguments({ saved, region: region('ap-south-1') }, instance(), endpoint(1));
    assert.deepEqual(words.slice(0, 6), [
      'ec2-instance-connect',
      'ssh',
      '--profile',
      saved.profile,
      '--region',
      'ap-south-1',
    ]);
    assert.deepEqual(words.slice(-4, -1), ['--connection-type', 'eice', '--eice-options']);
  });

  it('needs an AWS CLI that has the command', () => {
    requireFitCli('aws-cli/2.12.0 Python/3.11.4 Linux/6.1 exe/x86_64');
    requireFitCli('aws-cli/3.0.1 Python/3.13');
    const versions = { 'aws-cli/2.9.19 Python/3.11.2 Linux/6.1': '2.9.19', 'aws-cli/1.32.0 Python/3.11.2': '1.32.0' };
    for (const [line, version] of Object.entries(versions))
      assert.throws(() => requireFitCli(line), { code: 'awsCliUnfit', parameters: { version } });
    for (const none of [undefined, '', 'command not found', 'aws-cli/x'])
      assert.throws(() => requireFitCli(none), { code: 'awsCliUnfit', parameters: { version: '' } });
  });
});
