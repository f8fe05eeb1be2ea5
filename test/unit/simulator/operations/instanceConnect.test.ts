import assert from 'node:assert/strict';
import {
  CreateInstanceConnectEndpointCommand,
  DeleteInstanceConnectEndpointCommand,
  DeleteSubnetCommand,
  DescribeInstanceConnectEndpointsCommand,
  DescribeNetworkInterfacesCommand,
} from '@aws-sdk/client-ec2';
import { startPracticeNetwork } from '../../../support/practiceNetwork';
import { codeOf } from '../../../support/refusal';

describe('EC2 Instance Connect Endpoints', () => {
  it('come and go with their interface, one to a VPC', async () => {
    const network = await startPracticeNetwork();
    const { ec2, SubnetId } = network;
    const create = (subnet: string) =>
      ec2.send(new CreateInstanceConnectEndpointCommand({ SubnetId: subnet, ClientToken: `for ${subnet}` }));
    const made = (await create(SubnetId)).InstanceConnectEndpoint;
    const id = made?.InstanceConnectEndpointId ?? '';
    assert.equal(made?.State, 'create-in-progress');
    assert.equal(made?.PreserveClientIp, false);
    assert.match(
      made?.DnsName ?? '',
      /^eice-[0-9a-f]{17}\.[0-9a-f]{8}\.ec2-instance-connect-endpoint\.ap-south-1\.amazonaws\.com$/,
    );
    assert.equal((await create(SubnetId)).InstanceConnectEndpoint?.InstanceConnectEndpointId, id);
    const second = create(await network.addSubnet('10.0.1.0/24'));
    assert.equal(await codeOf(second), 'InstanceConnectEndpointLimitExceeded');
    const describe = async () =>
      (await ec2.send(new DescribeInstanceConnectEndpointsCommand({ InstanceConnectEndpointIds: [id] })))
        .InstanceConnectEndpoints?.[0];
    network.pass(300_000);
    assert.equal((await describe())?.State, 'create-complete');
    const NetworkInterfaceIds = made?.NetworkInterfaceIds ?? [];
    const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds }));
    assert.deepEqual(
      NetworkInterfaces?.map(item => [item.InterfaceType, item.RequesterManaged]),
      [['ec2_instance_connect_endpoint', true]],
    );
    assert.equal(await codeOf(ec2.send(new DeleteSubnetCommand({ SubnetId }))), 'DependencyViolation');
    const remove = () => ec2.send(new DeleteInstanceConnectEndpointCommand({ InstanceConnectEndpointId: id }));
    assert.equal((await remove()).InstanceConnectEndpoint?.State, 'delete-in-progress');
    network.pass(120_000);
    assert.equal(await codeOf(describe()), 'InvalidInstanceConnectEndpointId.NotFound');
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    const most = ec2.send(new DescribeInstanceConnectEndpointsCommand({ MaxResults: 51 }));
    assert.equal(await codeOf(most), 'InvalidParameterValue');
  });
});
