import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { LabError } from '../../../src/core/errors';
import { instanceId, subnetId } from '../../../src/core/ids';
import { awsConnection } from '../../support/awsConnection';
import { HandClock } from '../../support/handClock';
import { ec2, ec2Error, json, wireCloud } from '../../support/wireCloud';

const id = instanceId('i-0123456789abcdef0');
const instanceXml = (state: string) => `<item><instanceId>${id}</instanceId><imageId>ami-1</imageId>
  <instanceState><code>16</code><name>${state}</name></instanceState><instanceType>t3.micro</instanceType>
  <launchTime>2024-02-28T11:35:33.000Z</launchTime>
  <iamInstanceProfile><arn>arn:aws:iam::111122223333:instance-profile/lab</arn></iamInstanceProfile></item>`;
const reservations = (...items: string[]) =>
  `<reservationSet>${items.map(item => `<item><instancesSet>${item}</instancesSet></item>`).join('')}</reservationSet>`;

const launch = {
  imageParameter: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
  instanceType: 't3.micro',
  subnetId: subnetId('subnet-0123456789abcdef0'),
  securityGroupIds: [],
  instanceProfileName: 'lab',
  tags: {},
  clientToken: 'token-1',
};

describe('the instance gateway', () => {
  it('reads instances across reservations and narrows their states', async () => {
    const cloud = wireCloud({
      DescribeInstances: ec2('DescribeInstances', reservations(instanceXml('shutting-down'), instanceXml('running'))),
    });
    const instances = await createGateways(awsConnection(cloud.handle)).instances.listInstances();
    assert.deepEqual(
      instances.map(({ state }) => state),
      ['shuttingDown', 'running'],
    );
  });

  it('asks for one instance without a page size, which AWS refuses beside ids', async () => {
    const cloud = wireCloud({ DescribeInstances: ec2('DescribeInstances', reservations(instanceXml('running'))) });
    const found = await createGateways(awsConnection(cloud.handle)).instances.findInstance(id);
    assert.equal(found?.instanceProfileArn, 'arn:aws:iam::111122223333:instance-profile/lab');
    assert.equal(cloud.calls[0]?.parameters.MaxResults, undefined);
  });

  it('finds nothing for an id that AWS does not know', async () => {
    const cloud = wireCloud({
      DescribeInstances: ec2Error('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`),
    });
    assert.equal(await createGateways(awsConnection(cloud.handle)).instances.findInstance(id), undefined);
  });

  it('reads on after an empty page that carries a token', async () => {
    const node = (InstanceId: string, PingStatus: string) => ({ InstanceId, PingStatus });
    const cloud = wireCloud({
      DescribeInstanceInformation: ({ parameters }) => {
        assert.equal(parameters.MaxResults, 50);
        return parameters.NextToken
          ? json({
              InstanceInformationList: [
                node(id, 'Online'),
                node('mi-0123456789abcdef0', 'Online'),
                node('i-0000000000000000a', 'ConnectionLost'),
              ],
            })
          : json({ InstanceInformationList: [], NextToken: 'more' });
      },
    });
    const statuses = await createGateways(awsConnection(cloud.handle)).instances.listSessionManagerStatus();
    assert.deepEqual(
      [...statuses],
      [
        [id, 'online'],
        ['i-0000000000000000a', 'connectionLost'],
      ],
    );
  });

  it('waits for a profile that EC2 does not know yet, with the same client token', async () => {
    const clock = new HandClock();
    let tries = 0;
    const cloud = wireCloud({
      RunInstances: () => {
        tries++;
        return tries < 3
          ? ec2Error(
              'InvalidParameterValue',
              'Value (lab) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
            )
          : ec2('RunInstances', `<instancesSet>${instanceXml('pending')}</instancesSet>`);
      },
    });
    const launching = createGateways(awsConnection(cloud.handle, { clock })).instances.launchInstance(launch);
    while (tries < 3) await clock.advance(1_000);
    assert.equal((await launching).state, 'pending');
    assert.deepEqual([...new Set(cloud.calls.map(({ parameters }) => parameters.ClientToken))], ['token-1']);
    assert.equal(cloud.calls[0]?.parameters.ImageId, `resolve:ssm:${launch.imageParameter}`);
    assert.equal(cloud.calls[0]?.parameters['MetadataOptions.HttpTokens'], 'required');
  });

  it('asks for a public address at the interface, where subnet and groups then stand as well', async () => {
    const cloud = wireCloud({
      RunInstances: ec2('RunInstances', `<instancesSet>${instanceXml('pending')}</instancesSet>`),
    });
    await createGateways(awsConnection(cloud.handle)).instances.launchInstance({ ...launch, hasPublicAddress: true });
    const parameters = cloud.calls[0]?.parameters ?? {};
    assert.equal(parameters['NetworkInterface.1.AssociatePublicIpAddress'], 'true');
    assert.equal(parameters['NetworkInterface.1.SubnetId'], launch.subnetId);
    assert.equal(parameters.SubnetId, undefined);
  });

  it('waits for a fresh profile when it is put on a running instance', async () => {
    const clock = new HandClock();
    let tries = 0;
    const cloud = wireCloud({
      AssociateIamInstanceProfile: () => {
        tries++;
        return tries < 2
          ? ec2Error(
              'InvalidParameterValue',
              'Value (lab) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
            )
          : ec2('AssociateIamInstanceProfile', '');
      },
    });
    const attaching = createGateways(awsConnection(cloud.handle, { clock })).instances.attachProfile(id, 'lab');
    while (tries < 2) await clock.advance(1_000);
    await attaching;
    assert.equal(cloud.calls[0]?.parameters['IamInstanceProfile.Name'], 'lab');
  });

  it('does not wait for another invalid value', async () => {
    const cloud = wireCloud({
      RunInstances: ec2Error('InvalidParameterValue', 'Invalid value t3.pico for InstanceType'),
    });
    await assert.rejects(
      createGateways(awsConnection(cloud.handle)).instances.launchInstance(launch),
      error => error instanceof LabError && error.code === 'requestRefused',
    );
    assert.equal(cloud.calls.length, 1);
  });
});
