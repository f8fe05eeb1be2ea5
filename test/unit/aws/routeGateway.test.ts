import assert from 'node:assert/strict';
import { createGateways } from '../../../src/aws/createGateways';
import { natGatewayId, routeTableId, subnetId } from '../../../src/core/ids';
import { awsConnection } from '../../support/awsConnection';
import { ec2, ec2Error, wireCloud } from '../../support/wireCloud';

const table = routeTableId('rtb-0123456789abcdef0');
const subnet = subnetId('subnet-0123456789abcdef0');
const associated = (associations: string) =>
  ec2(
    'DescribeRouteTables',
    `<routeTableSet><item><routeTableId>rtb-0123456789abcdef1</routeTableId><vpcId>vpc-0123456789abcdef0</vpcId>
     <associationSet>${associations}</associationSet></item></routeTableSet>`,
  );
const own = `<item><routeTableAssociationId>rtbassoc-1</routeTableAssociationId><subnetId>${subnet}</subnetId></item>`;

describe('the gateway of routes', () => {
  it('replaces the table that a subnet has, and associates one that has none', async () => {
    for (const [associations, action] of [
      [own, 'ReplaceRouteTableAssociation'],
      ['', 'AssociateRouteTable'],
    ] as const) {
      const cloud = wireCloud({
        DescribeRouteTables: associated(associations),
        ReplaceRouteTableAssociation: ec2(
          'ReplaceRouteTableAssociation',
          '<newAssociationId>rtbassoc-2</newAssociationId>',
        ),
        AssociateRouteTable: ec2('AssociateRouteTable', '<associationId>rtbassoc-2</associationId>'),
      });
      await createGateways(awsConnection(cloud.handle)).routes.associateSubnet(table, subnet);
      assert.equal(cloud.calls.at(-1)?.parameters.Action, action);
    }
  });

  it('asks for nothing when a subnet has no table to be taken from', async () => {
    const cloud = wireCloud({ DescribeRouteTables: associated('') });
    await createGateways(awsConnection(cloud.handle)).routes.disassociateSubnet(subnet);
    assert.equal(cloud.calls.length, 1);
  });

  it('puts each target into its own field, and says that a range has a route already', async () => {
    const cloud = wireCloud({
      CreateRoute: ec2Error('RouteAlreadyExists', 'The route identified by 0.0.0.0/0 already exists.'),
    });
    const route = {
      routeTableId: table,
      destination: '0.0.0.0/0',
      target: { kind: 'natGateway', id: natGatewayId('nat-0123456789abcdef0') },
    } as const;
    await assert.rejects(createGateways(awsConnection(cloud.handle)).routes.createRoute(route), {
      code: 'routeExists',
    });
    assert.equal(cloud.calls[0]?.parameters.NatGatewayId, route.target.id);
  });
});
