import assert from 'node:assert/strict';
import {
  CreateVpcEndpointCommand,
  DeleteRouteCommand,
  DescribeRouteTablesCommand,
  ModifyVpcEndpointCommand,
} from '@aws-sdk/client-ec2';
import { CloudGuest } from '../../../support/cloudGuest';
import { startTestCloud } from '../../../support/practice';

describe('dnf without an internet path', () => {
  it('goes through a gateway endpoint for S3, as far as its policy allows', async () => {
    const test = startTestCloud();
    const { ec2 } = test.clients(0);
    const { RouteTables: [table] = [] } = await ec2.send(new DescribeRouteTablesCommand({}));
    assert.ok(table?.RouteTableId);
    const { RouteTableId, VpcId } = table;
    await ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' }));
    const guest = new CloudGuest(test);
    const install = 'dnf -qy install traceroute >/dev/null 2>&1; command -v traceroute';
    const cutOff = await guest.runAsRoot(`timeout 40 ${install}`);
    assert.equal(cutOff, '');
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId,
        ServiceName: 'com.amazonaws.ap-south-1.s3',
        RouteTableIds: [RouteTableId],
      }),
    );
    await guest.pause(10_000);
    const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::mine/*' };
    const policy = (Resource: string) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Resource }] });
    const restrict = (resource: string) =>
      ec2.send(
        new ModifyVpcEndpointCommand({ VpcEndpointId: VpcEndpoint?.VpcEndpointId, PolicyDocument: policy(resource) }),
      );
    await restrict('arn:aws:s3:::mine/*');
    assert.match(await guest.runAsRoot('dnf makecache 2>&1'), /Status code: 403 for https:\S+ \(IP: [\d.]+\)\n/);
    await restrict('arn:aws:s3:::al2023-repos-ap-south-1-de612dc2/*');
    assert.equal(await guest.runAsRoot(install), '/usr/bin/traceroute\n');
  });
});
