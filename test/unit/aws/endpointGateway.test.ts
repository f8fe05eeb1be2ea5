import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { LabError } from '../../../src/core/errors';
import { routeTableId, securityGroupId, subnetId, vpcEndpointId, vpcId } from '../../../src/core/ids';
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
  it('joins pages, and asks for a short one first and then for pages that do not hold up a capture', async () => {
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
        ['25', undefined],
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
      ipAddressType: undefined,
      serviceRegion: undefined,
      isPrivateDnsForInboundOnly: undefined,
      targetArn: undefined,
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

  it('changes what is named and leaves out the rest', async () => {
    const cloud = wireCloud({ ModifyVpcEndpoint: ec2('ModifyVpcEndpoint', '<return>true</return>') });
    const endpoints = endpointsOf(cloud);
    await endpoints.modifyEndpoint(id, {
      addSubnetIds: [subnetId('subnet-0123456789abcdef0')],
      removeSubnetIds: [],
      privateDnsEnabled: true,
      isPrivateDnsForInboundOnly: false,
      policy: 'fullAccess',
    });
    await endpoints.modifyEndpoint(id, { policy: { document: '{}' }, ipAddressType: 'dualstack' });
    const named = { Action: 'ModifyVpcEndpoint', Version: '2016-11-15', VpcEndpointId: id };
    assert.deepEqual(
      cloud.calls.map(({ parameters }) => parameters),
      [
        {
          ...named,
          'AddSubnetId.1': 'subnet-0123456789abcdef0',
          PrivateDnsEnabled: 'true',
          'DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint': 'false',
          ResetPolicy: 'true',
        },
        { ...named, PolicyDocument: '{}', IpAddressType: 'dualstack' },
      ],
    );
  });

  it('makes a gateway endpoint without anything of interfaces', async () => {
    const made = endpointXml('<state>available</state>').replace('Interface', 'Gateway');
    const cloud = wireCloud({ CreateVpcEndpoint: ec2('CreateVpcEndpoint', `<vpcEndpoint>${made}</vpcEndpoint>`) });
    const created = await endpointsOf(cloud).createGatewayEndpoint({
      vpcId: vpcId('vpc-0123456789abcdef0'),
      serviceName: 'com.amazonaws.ap-south-1.s3',
      routeTableIds: [routeTableId('rtb-0123456789abcdef0')],
      policyDocument: '{"Statement":[]}',
      tags: {},
      clientToken: 'token-1',
    });
    assert.equal(created.kind, 'gateway');
    assert.deepEqual(cloud.calls[0]?.parameters, {
      Action: 'CreateVpcEndpoint',
      Version: '2016-11-15',
      VpcEndpointType: 'Gateway',
      VpcId: 'vpc-0123456789abcdef0',
      ServiceName: 'com.amazonaws.ap-south-1.s3',
      'RouteTableId.1': 'rtb-0123456789abcdef0',
      PolicyDocument: '{"Statement":[]}',
      ClientToken: 'token-1',
    });
  });

  it('finds a service of another region by its name, and nothing when AWS does not show it', async () => {
    const detail = `<item><serviceName>com.amazonaws.us-east-1.s3</serviceName><serviceRegion>us-east-1</serviceRegion>
      <serviceType><item><serviceType>Interface</serviceType></item></serviceType><owner>amazon</owner></item>`;
    const there = ec2('DescribeVpcEndpointServices', `<serviceDetailSet>${detail}</serviceDetailSet>`);
    const cloud = wireCloud({
      DescribeVpcEndpointServices: ({ parameters }) =>
        parameters['ServiceRegion.1']
          ? there
          : ec2Error('InvalidServiceName', "The Vpc Endpoint Service 'x' does not exist"),
    });
    const endpoints = endpointsOf(cloud);
    const [found] = await endpoints.findService('com.amazonaws.us-east-1.s3', 'us-east-1');
    assert.equal(found?.region, 'us-east-1');
    assert.deepEqual(await endpoints.findService('com.amazonaws.us-east-1.s3'), []);
  });

  it('tells for each of several endpoints why it was not deleted', async () => {
    const other = vpcEndpointId('vpce-00000000000000002');
    const item = `<item><resourceId>${other}</resourceId><error><code>InvalidVpcEndpoint.NotFound</code><message>gone</message></error></item>`;
    const cloud = wireCloud({ DeleteVpcEndpoints: ec2('DeleteVpcEndpoints', `<unsuccessful>${item}</unsuccessful>`) });
    const refused = await endpointsOf(cloud).deleteEndpoints([id, other]);
    assert.deepEqual(
      [...refused].map(([one, { code }]) => [one, code]),
      [[other, 'endpointNotFound']],
    );
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
