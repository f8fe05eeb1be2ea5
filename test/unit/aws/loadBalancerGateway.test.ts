import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { subnetId } from '../../../src/core/ids';
import { awsConnection } from '../../support/awsConnection';
import { query, queryError, wireCloud } from '../../support/wireCloud';

const arn = 'arn:aws:elasticloadbalancing:ap-south-1:111122223333:loadbalancer/net/web/0123456789abcdef';
const balancer = (name: string, type = 'network') => `<member><LoadBalancerArn>${arn}</LoadBalancerArn>
  <LoadBalancerName>${name}</LoadBalancerName><Type>${type}</Type><VpcId>vpc-0123456789abcdef0</VpcId><Scheme>internal</Scheme>
  <State><Code>active_impaired</Code></State><AvailabilityZones><member><ZoneName>ap-south-1a</ZoneName>
  <SubnetId>subnet-0123456789abcdef0</SubnetId></member></AvailabilityZones></member>`;

const gatewayOf = (cloud: ReturnType<typeof wireCloud>) => createGateways(awsConnection(cloud.handle)).loadBalancers;

describe('the gateway of load balancers', () => {
  it('reads all pages by their markers, of every kind', async () => {
    const cloud = wireCloud({
      DescribeLoadBalancers: ({ parameters }) =>
        parameters.Marker
          ? query('DescribeLoadBalancers', `<LoadBalancers>${balancer('two', 'application')}</LoadBalancers>`)
          : query(
              'DescribeLoadBalancers',
              `<LoadBalancers>${balancer('one')}</LoadBalancers><NextMarker>more</NextMarker>`,
            ),
    });
    const found = await gatewayOf(cloud).listLoadBalancers();
    assert.deepEqual(
      found.map(({ name, kind, state, zones }) => [name, kind, state, zones[0]?.availabilityZone]),
      [
        ['one', 'network', 'activeImpaired', 'ap-south-1a'],
        ['two', 'application', 'activeImpaired', 'ap-south-1a'],
      ],
    );
  });

  it('finds nothing where AWS says that a load balancer does not exist', async () => {
    const cloud = wireCloud({
      DescribeLoadBalancers: queryError('LoadBalancerNotFound', 'One or more load balancers not found'),
    });
    assert.equal(await gatewayOf(cloud).findLoadBalancer(arn), undefined);
  });

  it('names neither groups nor tags that are not there', async () => {
    const cloud = wireCloud({
      CreateLoadBalancer: query('CreateLoadBalancer', `<LoadBalancers>${balancer('web')}</LoadBalancers>`),
    });
    const subnetIds = [subnetId('subnet-0123456789abcdef0')];
    const input = { name: 'web', scheme: 'internal', subnetIds, securityGroupIds: [], tags: {} } as const;
    assert.equal((await gatewayOf(cloud).createLoadBalancer(input)).arn, arn);
    const { Action: _action, Version: _version, ...sent } = cloud.calls[0]?.parameters ?? {};
    assert.deepEqual(sent, {
      Name: 'web',
      Type: 'network',
      Scheme: 'internal',
      'Subnets.member.1': 'subnet-0123456789abcdef0',
    });
  });

  it('tells a target that gets no new connections from one that fails', async () => {
    const target = (state: string) =>
      `<member><Target><Id>i-1</Id><Port>80</Port></Target><TargetHealth><State>${state}</State></TargetHealth></member>`;
    const members = `<TargetHealthDescriptions>${target('healthy')}${target('unhealthy.draining')}</TargetHealthDescriptions>`;
    const cloud = wireCloud({ DescribeTargetHealth: query('DescribeTargetHealth', members) });
    const found = await gatewayOf(cloud).listTargets('arn:group');
    assert.deepEqual(
      found.map(({ health }) => health),
      ['healthy', 'unhealthy'],
    );
  });

  it('says what still uses a load balancer or a target group', async () => {
    const cloud = wireCloud({
      DeleteLoadBalancer: queryError(
        'ResourceInUse',
        `Load balancer '${arn}' cannot be deleted because it is currently associated with another service`,
      ),
      DeleteTargetGroup: queryError(
        'ResourceInUse',
        "Target group 'arn:group' is currently in use by a listener or a rule",
      ),
    });
    await assert.rejects(gatewayOf(cloud).deleteLoadBalancer(arn), { code: 'loadBalancerInUse' });
    await assert.rejects(gatewayOf(cloud).deleteTargetGroup('arn:group'), { code: 'targetGroupInUse' });
  });

  it('lets nothing through as a rehearsal: the service has none', async () => {
    const cloud = wireCloud({});
    await assert.rejects(gatewayOf(cloud).deleteLoadBalancer(arn, { isRehearsal: true }), {
      code: 'rehearsalNotOffered',
    });
    assert.equal(cloud.calls.length, 0);
  });
});
