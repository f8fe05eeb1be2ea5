import assert from 'node:assert/strict';
import { dhcpOptionsId, vpcEndpointId } from '../../../../src/core/ids';
import { type ResolverView, resolveName } from '../../../../src/core/rules/resolveName';
import { privateNamesOfService } from '../../../../src/core/serviceNames';
import {
  ec2Name,
  endpoint,
  endpointId,
  networkInterface,
  otherVpcId,
  snapshot,
  vpc,
  vpcId,
} from '../../../support/networkBuilders';

const publicAddress = '52.95.80.1';

function view(changes: Partial<ResolverView> = {}): ResolverView {
  const world = snapshot();
  if (!world.networkInterfaces.known || !world.subnets.known) throw new Error('builders give everything');
  return {
    region: 'ap-south-1',
    vpc: vpc(),
    attributes: { enableDnsSupport: true, enableDnsHostnames: true },
    dhcpOptions: undefined,
    endpoints: [endpoint()],
    networkInterfaces: world.networkInterfaces.value,
    subnets: world.subnets.value,
    publicAddresses: name =>
      name.endsWith('.amazonaws.com') && !name.startsWith('vpce-') ? [publicAddress] : undefined,
    privateNamesOf: privateNamesOfService,
    ...changes,
  };
}

const both = ['172.31.36.107', '172.31.14.109'];

describe('resolving a service name (AWS PrivateLink Guide: Private DNS)', () => {
  it('gives the interfaces of an available endpoint with private DNS, in every spelling of the name', () => {
    for (const name of [ec2Name, `${ec2Name}.`, ec2Name.toUpperCase()]) {
      const answer = resolveName(name, view());
      assert.deepEqual(answer.addresses, both);
      assert.equal(answer.reason, 'privateDnsOfEndpoint');
      assert.equal(answer.endpoint?.id, endpointId);
    }
  });

  it('gives public addresses with the nearest reason otherwise', () => {
    const cases: readonly (readonly [Partial<ResolverView>, string, boolean])[] = [
      [{ endpoints: [endpoint({ privateDnsEnabled: false })] }, 'privateDnsOff', true],
      [{ endpoints: [endpoint({ state: 'pending' })] }, 'endpointNotAvailable', true],
      [{ attributes: { enableDnsSupport: true, enableDnsHostnames: false } }, 'dnsAttributesOff', true],
      [{ endpoints: [] }, 'publicDns', false],
      [{ endpoints: [endpoint({ vpcId: otherVpcId })] }, 'publicDns', false],
      [{ endpoints: [endpoint({ state: 'deleted' })] }, 'publicDns', false],
      [{ endpoints: [endpoint({ serviceName: 'com.amazonaws.ap-south-1.sts' })] }, 'publicDns', false],
      [{ endpoints: [endpoint({ state: 'pending' }), endpoint({ privateDnsEnabled: false })] }, 'privateDnsOff', true],
    ];
    for (const [changes, reason, namesEndpoint] of cases) {
      const answer = resolveName(ec2Name, view(changes));
      assert.deepEqual(
        [answer.addresses, answer.reason, answer.endpoint !== undefined],
        [[publicAddress], reason, namesEndpoint],
      );
    }
  });

  it('does not answer at all without DNS support (Amazon VPC User Guide: DNS attributes)', () => {
    const answer = resolveName(ec2Name, view({ attributes: { enableDnsSupport: false, enableDnsHostnames: true } }));
    assert.deepEqual([answer.outcome, answer.reason], ['noResolver', 'dnsSupportOff']);
  });

  it('is not asked when the DHCP options name another server', () => {
    const options = { id: dhcpOptionsId('dopt-00000001'), domainName: undefined, domainNameServers: ['10.0.0.53'] };
    const answer = resolveName(ec2Name, view({ dhcpOptions: options }));
    assert.deepEqual([answer.addresses, answer.reason], [[publicAddress], 'foreignNameServer']);
    for (const server of ['AmazonProvidedDNS', '172.31.0.2', '169.254.169.253']) {
      const own = { ...options, domainNameServers: [server] };
      assert.equal(resolveName(ec2Name, view({ dhcpOptions: own })).reason, 'privateDnsOfEndpoint');
    }
  });

  it('covers names under a wildcard, one label or more, but not the bare domain', () => {
    const s3 = view({ endpoints: [endpoint({ serviceName: 'com.amazonaws.ap-south-1.s3' })] });
    for (const name of [
      's3.ap-south-1.amazonaws.com',
      'bucket.s3.ap-south-1.amazonaws.com',
      'a.b.s3.ap-south-1.amazonaws.com',
    ]) {
      assert.equal(resolveName(name, s3).reason, 'privateDnsOfEndpoint', name);
    }
    assert.equal(resolveName('xs3.ap-south-1.amazonaws.com', s3).reason, 'publicDns');
  });

  it('knows no name that nobody has', () => {
    assert.deepEqual(resolveName('nowhere.example.org', view()).outcome, 'noSuchName');
  });
});

describe('resolving the names of an endpoint', () => {
  const own = endpoint().dnsEntries.map(({ name }) => name);

  it('gives every interface for the regional name, also from another VPC and without private DNS', () => {
    const elsewhere = view({ vpc: vpc({ id: otherVpcId }), endpoints: [endpoint({ privateDnsEnabled: false })] });
    for (const from of [view(), elsewhere]) assert.deepEqual(resolveName(own[0]!, from).addresses, both);
  });

  it('gives the interface of the zone for a zonal name', () => {
    assert.deepEqual(resolveName(own[1]!, view()).addresses, ['172.31.36.107']);
    assert.deepEqual(resolveName(own[2]!, view()).addresses, ['172.31.14.109']);
  });

  it('gives nothing for an endpoint that is gone or never was', () => {
    assert.equal(resolveName(own[0]!, view({ endpoints: [endpoint({ state: 'deleting' })] })).outcome, 'noSuchName');
    const stranger = own[0]!.replace(endpointId, vpcEndpointId('vpce-0123456789abcdef0'));
    assert.equal(resolveName(stranger, view()).outcome, 'noSuchName');
  });
});

describe('resolving host names (Amazon VPC User Guide: DNS hostnames)', () => {
  it('gives the private address for both names of an instance inside its VPC', () => {
    for (const name of [
      'ip-172-31-37-141.ap-south-1.compute.internal',
      'ec2-43-205-243-206.ap-south-1.compute.amazonaws.com',
    ]) {
      assert.deepEqual(resolveName(name, view()).addresses, ['172.31.37.141'], name);
    }
  });

  it('has the older forms in us-east-1', () => {
    const old = view({ region: 'us-east-1' });
    assert.deepEqual(resolveName('ip-172-31-37-141.ec2.internal', old).addresses, ['172.31.37.141']);
    assert.deepEqual(resolveName('ec2-43-205-243-206.compute-1.amazonaws.com', old).addresses, ['172.31.37.141']);
  });

  it('has no private host names when an attribute is off, and public ones lead outside', () => {
    const off = view({ attributes: { enableDnsSupport: true, enableDnsHostnames: false } });
    assert.equal(resolveName('ip-172-31-37-141.ap-south-1.compute.internal', off).outcome, 'noSuchName');
    assert.equal(resolveName('ec2-43-205-243-206.ap-south-1.compute.amazonaws.com', off).reason, 'publicDns');
  });

  it('does not know addresses of other VPCs', () => {
    const other = view({ vpc: vpc({ id: otherVpcId }), endpoints: [] });
    assert.equal(resolveName('ip-172-31-37-141.ap-south-1.compute.internal', other).outcome, 'noSuchName');
    assert.notEqual(vpcId, otherVpcId);
  });
});

describe('public host names of a peered VPC ("Amazon VPC Peering Guide: DNS resolution")', () => {
  const there = networkInterface({ vpcId: otherVpcId, privateIpAddress: '10.0.0.5', publicIpAddress: '3.80.1.2' });
  const name = 'ec2-3-80-1-2.compute-1.amazonaws.com';
  const peered = (changes: Partial<ResolverView> = {}) =>
    view({
      networkInterfaces: [networkInterface(), there],
      peers: [{ vpcId: otherVpcId, region: 'us-east-1' }],
      publicAddresses: wanted => (wanted === name ? ['3.80.1.2'] : undefined),
      ...changes,
    });

  it('lead to the private address where its owner allows it, also from another region', () => {
    assert.deepEqual(resolveName(name, peered()).addresses, ['10.0.0.5']);
  });

  it('lead to the public address otherwise', () => {
    assert.deepEqual(resolveName(name, peered({ peers: [] })).addresses, ['3.80.1.2']);
    const attributes = { enableDnsSupport: true, enableDnsHostnames: false };
    assert.deepEqual(resolveName(name, peered({ attributes })).addresses, ['3.80.1.2']);
  });

  it('are the only ones: private host names of a peer are not known', () => {
    assert.equal(resolveName('ip-10-0-0-5.ec2.internal', peered()).outcome, 'noSuchName');
  });
});
