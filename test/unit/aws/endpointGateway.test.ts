import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { LabError } from '../../../src/core/errors';
import { securityGroupId, subnetId, vpcEndpointId, vpcId } from '../../../src/core/ids';
import { awsConnection } from '../../support/awsConnection';
import { ec2, ec2Error, type WireCloud, wireCloud } from '../../support/wireCloud';

const id = vpcEndpointId('vpce-0123456789abcdef0');

const endpointXml = (fields = '') => `
  <vpcEndpointId>${id}</vpcEndpointId><vpcEndpointType>Interface</vpcEndpointType>
  <vpcId>vpc-0123456789abcdef0</vpcId><ownerId>111122223333</ownerId>
  <serviceName>com.amazonaws.ap-south-1.ec2</serviceName><privateDnsEnabled>true</privateDnsEnabled>
  <creationTimestamp>2024-02-28T11:35:33.123Z</creationTimestamp>${fields}`;

const endpointsOf = (cloud: WireCloud) => createGateways(awsConnection(cloud.handle)).endpoints;

const rejectsWith = (code: string, cloudCode?: string) => (error: unknown) => {
  assert.ok(error instanceof LabError);
  assert.equal(error.code, code);
  if (cloudCode) assert.equal(error.cloudCode, cloudCode);
  return true;
};

describe('the endpoint gateway', () => {
  it('joins pages, and asks for pages that do not hold up a capture', async () => {
    const page = (vpceId: string, token: string) =>
      ec2(
        'DescribeVpcEndpoints',
        `<vpcEndpointSet><item>${endpointXml('<state>available</state>').replace(id, vpceId)}</item></vpcEndpointSet>${token}`,
      );
    const cloud = wireCloud({
      DescribeVpcEndpoints: ({ parameters }) =>
        parameters.NextToken === 'two'
          ? page('vpce-00000000000000002', '<nextToken/>')
          : page('vpce-00000000000000001', '<nextToken>two</nextToken>'),
    });
    const endpoints = await endpointsOf(cloud).listEndpoints();
    assert.deepEqual(
      endpoints.map(endpoint => endpoint.id),
      ['vpce-00000000000000001', 'vpce-00000000000000002'],
    );
    assert.deepEqual(
      cloud.calls.map(({ parameters }) => [parameters.MaxResults, parameters.NextToken]),
      [
        ['100', undefined],
        ['100', 'two'],
      ],
    );
  });

  it('refuses a list whose pages never end', async () => {
    const cloud = wireCloud({
      DescribeVpcEndpoints: ec2('DescribeVpcEndpoints', '<vpcEndpointSet/><nextToken>again</nextToken>'),
    });
    await assert.rejects(endpointsOf(cloud).listEndpoints(), rejectsWith('notAnAwsEndpoint'));
  });

  it('turns the wire into core values', async () => {
    const members = `<vpcEndpointSet><item>${endpointXml(`
      <state>available</state><subnetIdSet><item>subnet-0123456789abcdef0</item></subnetIdSet>
      <networkInterfaceIdSet><item>eni-0123456789abcdef0</item></networkInterfaceIdSet><routeTableIdSet/>
      <groupSet><item><groupId>sg-0123456789abcdef0</groupId><groupName>g</groupName></item></groupSet>
      <dnsEntrySet><item><dnsName>${id}-abcdefgh.ec2.ap-south-1.vpce.amazonaws.com</dnsName><hostedZoneId>Z1</hostedZoneId></item></dnsEntrySet>
      <tagSet><item><key>Name</key><value>demo</value></item></tagSet>`)}</item></vpcEndpointSet>`;
    const cloud = wireCloud({ DescribeVpcEndpoints: ec2('DescribeVpcEndpoints', members) });
    assert.deepEqual(await endpointsOf(cloud).findEndpoint(id), {
      id,
      vpcId: 'vpc-0123456789abcdef0',
      ownerId: '111122223333',
      kind: 'interface',
      serviceName: 'com.amazonaws.ap-south-1.ec2',
      state: 'available',
      privateDnsEnabled: true,
      subnetIds: ['subnet-0123456789abcdef0'],
      networkInterfaceIds: ['eni-0123456789abcdef0'],
      routeTableIds: [],
      securityGroupIds: ['sg-0123456789abcdef0'],
      dnsEntries: [{ name: `${id}-abcdefgh.ec2.ap-south-1.vpce.amazonaws.com`, hostedZoneId: 'Z1' }],
      policyDocument: undefined,
      failure: undefined,
      createdAtMs: Date.UTC(2024, 1, 28, 11, 35, 33, 123),
      tags: { Name: 'demo' },
    });
  });

  for (const [wire, state] of [
    ['pendingAcceptance', 'pendingAcceptance'],
    ['PendingAcceptance', 'pendingAcceptance'],
    ['Pending', 'pending'],
    ['available', 'available'],
    ['Deleting', 'deleting'],
    ['somethingNew', 'partial'],
  ] as const) {
    it(`narrows the state ${wire} to ${state}`, async () => {
      const item = `<vpcEndpointSet><item>${endpointXml(`<state>${wire}</state>`)}</item></vpcEndpointSet>`;
      const cloud = wireCloud({ DescribeVpcEndpoints: ec2('DescribeVpcEndpoints', item) });
      assert.equal((await endpointsOf(cloud).findEndpoint(id))?.state, state);
    });
  }

  it('refuses an endpoint without an id', async () => {
    const cloud = wireCloud({
      DescribeVpcEndpoints: ec2(
        'DescribeVpcEndpoints',
        '<vpcEndpointSet><item><state>available</state></item></vpcEndpointSet>',
      ),
    });
    await assert.rejects(endpointsOf(cloud).listEndpoints(), rejectsWith('notAnAwsEndpoint'));
  });

  it('finds nothing when AWS does not know the id', async () => {
    const cloud = wireCloud({
      DescribeVpcEndpoints: ec2Error('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`),
    });
    assert.equal(await endpointsOf(cloud).findEndpoint(id), undefined);
  });

  it('sends what AWS would otherwise decide by itself: type, private DNS, client token', async () => {
    const answer = ec2('CreateVpcEndpoint', `<vpcEndpoint>${endpointXml('<state>pending</state>')}</vpcEndpoint>`);
    const cloud = wireCloud({ CreateVpcEndpoint: answer });
    const created = await endpointsOf(cloud).createInterfaceEndpoint({
      vpcId: vpcId('vpc-0123456789abcdef0'),
      serviceName: 'com.amazonaws.ap-south-1.ec2',
      subnetIds: [subnetId('subnet-00000000000000001'), subnetId('subnet-00000000000000002')],
      securityGroupIds: [securityGroupId('sg-0123456789abcdef0')],
      privateDnsEnabled: false,
      tags: { Name: 'demo' },
      clientToken: 'token-1',
    });
    assert.equal(created.state, 'pending');
    assert.deepEqual(cloud.calls[0]?.parameters, {
      Action: 'CreateVpcEndpoint',
      Version: '2016-11-15',
      VpcEndpointType: 'Interface',
      VpcId: 'vpc-0123456789abcdef0',
      ServiceName: 'com.amazonaws.ap-south-1.ec2',
      'SubnetId.1': 'subnet-00000000000000001',
      'SubnetId.2': 'subnet-00000000000000002',
      'SecurityGroupId.1': 'sg-0123456789abcdef0',
      PrivateDnsEnabled: 'false',
      ClientToken: 'token-1',
      'TagSpecification.1.ResourceType': 'vpc-endpoint',
      'TagSpecification.1.Tag.1.Key': 'Name',
      'TagSpecification.1.Tag.1.Value': 'demo',
    });
  });

  it('reads the refusal that AWS hides in a successful deletion', async () => {
    const item = `<item><resourceId>${id}</resourceId><error><code>InvalidState</code><message>busy</message></error></item>`;
    const cloud = wireCloud({ DeleteVpcEndpoints: ec2('DeleteVpcEndpoints', `<unsuccessful>${item}</unsuccessful>`) });
    await assert.rejects(endpointsOf(cloud).deleteEndpoint(id), rejectsWith('endpointNotDeleted', 'InvalidState'));
  });

  it('lists a service once for each kind of endpoint', async () => {
    const detail = (kind: string) => `<item><serviceName>com.amazonaws.ap-south-1.s3</serviceName>
      <serviceType><item><serviceType>${kind}</serviceType></item></serviceType><owner>amazon</owner>
      <availabilityZoneSet><item>ap-south-1a</item></availabilityZoneSet></item>`;
    const members = `<serviceNameSet/><serviceDetailSet>${detail('Gateway')}${detail('Interface')}</serviceDetailSet>`;
    const cloud = wireCloud({ DescribeVpcEndpointServices: ec2('DescribeVpcEndpointServices', members) });
    const offers = await endpointsOf(cloud).listServices();
    assert.deepEqual(
      offers.map(({ kind, availabilityZones, privateDnsName }) => [kind, availabilityZones, privateDnsName]),
      [
        ['gateway', ['ap-south-1a'], undefined],
        ['interface', ['ap-south-1a'], undefined],
      ],
    );
  });

  it('rejects with the reason of the signal when aborted', async () => {
    const abort = new AbortController();
    const cloud = wireCloud({
      DescribeVpcEndpoints: () => {
        abort.abort(new Error('enough'));
        return ec2('DescribeVpcEndpoints', '<vpcEndpointSet/><nextToken>more</nextToken>');
      },
    });
    await assert.rejects(endpointsOf(cloud).listEndpoints({ signal: abort.signal }), /enough/);
    assert.equal(cloud.calls.length, 1);
  });
});
