import assert from 'node:assert/strict';
import { cliFitness, connectArguments, connectWay } from '../../../../src/app/operations/instanceConnectShell';
import { instanceConnectEndpointId, region } from '../../../../src/core/ids';
import type { InstanceConnectEndpoint } from '../../../../src/core/instanceConnectEndpoint';
import { cliFitnessWords, connectWayWords } from '../../../../src/words/shellWays';
import { instance, otherVpcId, subnetA, subnetB, vpcId } from '../../../support/networkBuilders';

const live = { kind: 'live' } as const;

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
    assert.deepEqual(connectWay(live, instance(), [endpoint(1), near]), { kind: 'ready', endpoint: near });
    assert.deepEqual(connectWay(live, instance(), [endpoint(1)]), { kind: 'ready', endpoint: endpoint(1) });
  });

  it('says why there is none: another VPC, still being made, not running, practice', () => {
    const say = (...asked: Parameters<typeof connectWay>) => connectWayWords(connectWay(...asked));
    assert.match(say(live, instance(), [endpoint(1, { vpcId: otherVpcId })]), /has no EC2 Instance Connect/);
    assert.match(say(live, instance(), [endpoint(1, { state: 'createInProgress' })]), /eice-0+1 is not ready/);
    assert.match(say(live, instance({ state: 'stopped' }), [endpoint(1)]), /does not run/);
    assert.match(say({ kind: 'practice' }, instance(), [endpoint(1)]), /practice cloud/);
    assert.match(say(live, instance(), [endpoint(1)]), /Through eice-0+1/);
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
    const say = (line: string | undefined) => cliFitnessWords(cliFitness(line));
    assert.equal(say('aws-cli/2.12.0 Python/3.11.4 Linux/6.1 exe/x86_64'), undefined);
    assert.equal(say('aws-cli/3.0.1 Python/3.13'), undefined);
    assert.match(say('aws-cli/2.9.19 Python/3.11.2 Linux/6.1 source/x86_64') ?? '', /2\.9\.19 is too old/);
    assert.match(say('aws-cli/1.32.0 Python/3.11.2') ?? '', /1\.32\.0 is too old/);
    for (const none of [undefined, '', 'command not found', 'aws-cli/x']) assert.match(say(none) ?? '', /not found/);
  });
});
