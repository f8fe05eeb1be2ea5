import { LabError } from '../../../core/errors';
import type { NetworkAction } from '../../../labs/labAction';
import { t } from '../../../words/translation';
import type { ActionKinds } from './actionKind';
import type { Maker } from './maker';

export const networkActions: ActionKinds<NetworkAction> = {
  createVpc: {
    words: action => t('Make VPC {0} with {1}', action.name, action.cidrBlock),
    perform: ({ name, cidrBlock }, maker) =>
      maker.make({ kind: 'vpc', name }, async tags => {
        const { id } = await maker.gateways.vpcs.createVpc({ cidrBlock, tags }, maker.call);
        return id;
      }),
  },
  createSubnet: {
    words: action => t('Make subnet {0} with {1} in {2}', action.name, action.cidrBlock, action.vpcId),
    perform: ({ name, vpcId, cidrBlock, availabilityZone }, maker) =>
      maker.make({ kind: 'subnet', name, vpcId }, async tags => {
        const input = { vpcId, cidrBlock, availabilityZone, tags };
        return (await maker.gateways.vpcs.createSubnet(input, maker.call)).id;
      }),
  },
  createRouteTable: {
    words: action => t('Make route table {0} in {1}', action.name, action.vpcId),
    perform: ({ name, vpcId }, maker) =>
      maker.make({ kind: 'routeTable', name, vpcId }, async tags => {
        const { id } = await maker.gateways.routes.createRouteTable({ vpcId, tags }, maker.call);
        return id;
      }),
  },
  associateRouteTable: {
    words: action => t('Let subnet {0} use route table {1}', action.subnetId, action.routeTableId),
    perform: ({ subnetId, routeTableId, previousId }, maker) => {
      const thing = { kind: 'subnetAssociation', subnetId, ...(previousId && { previous: previousId }) } as const;
      return maker.make(thing, async () => {
        await maker.gateways.routes.associateSubnet(routeTableId, subnetId, maker.call);
        return routeTableId;
      });
    },
  },
  createRoute: {
    words: action => t('Route {0} to {1} in {2}', action.destination, action.target.id, action.routeTableId),
    perform: ({ routeTableId, destination, target }, maker) =>
      maker.change(routeTableId, { kind: 'route', routeTableId, destination }, () =>
        maker.gateways.routes.createRoute({ routeTableId, destination, target }, maker.call),
      ),
  },
  deleteRoute: {
    words: action => t('Delete the route to {0} in {1}', action.destination, action.routeTableId),
    perform: async ({ routeTableId, destination }, maker) => {
      await mustBeOwn(routeTableId, maker);
      await maker.gateways.routes.deleteRoute({ routeTableId, destination }, maker.call);
    },
  },
  createDhcpOptions: {
    words: action => t('Make DHCP options {0} with {1}', action.name, action.domainNameServers.join(', ')),
    perform: ({ name, domainName, domainNameServers }, maker) =>
      maker.make({ kind: 'dhcpOptions', name }, async tags => {
        const input = { domainName, domainNameServers, tags };
        return (await maker.gateways.vpcs.createDhcpOptions(input, maker.call)).id;
      }),
  },
  associateDhcpOptions: {
    words: action => t('Give DHCP options {0} to {1}', action.dhcpOptionsId, action.vpcId),
    perform: ({ vpcId, dhcpOptionsId, previousId }, maker) =>
      maker.make({ kind: 'dhcpAssociation', vpcId, previous: previousId }, async () => {
        await maker.gateways.vpcs.associateDhcpOptions(vpcId, dhcpOptionsId, maker.call);
        return vpcId;
      }),
  },
  setVpcDnsAttribute: {
    words: action =>
      action.isEnabled
        ? t('Switch {0} of {1} on', action.attribute, action.vpcId)
        : t('Switch {0} of {1} off', action.attribute, action.vpcId),
    perform: ({ vpcId, attribute, isEnabled }, maker) =>
      maker.change(vpcId, { kind: 'vpcDnsAttribute', vpcId, attribute, previous: !isEnabled }, () =>
        maker.gateways.network.setVpcDnsAttribute(vpcId, attribute, isEnabled, maker.call),
      ),
  },
};

/** A lab deletes nothing that it did not make: rejects with `notMadeByLab`. */
export async function mustBeOwn(id: string, maker: Maker): Promise<void> {
  if (!(await maker.isOwn(id))) throw new LabError('notMadeByLab', { id });
}
