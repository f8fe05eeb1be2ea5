/** VPCs and what they consist of. */
import * as v from 'valibot';
import { dhcpOptionsId, routeTableId, subnetId, vpcId } from '../../../core/ids';
import { need } from '../../../core/reading';
import { t } from '../../../words/translation';
import { askNetwork, isMadeAs, takeAway } from './removal';
import { resourceKind, type ThingKind } from './thingKind';
import { text } from './thingText';

export const vpcSchema = v.object({ kind: v.literal('vpc'), name: text });
export const subnetSchema = v.object({ kind: v.literal('subnet'), name: text, vpcId: text });
export const routeTableSchema = v.object({ kind: v.literal('routeTable'), name: text, vpcId: text });
export const subnetAssociationSchema = v.object({
  kind: v.literal('subnetAssociation'),
  subnetId: text,
  /** The table that it had of its own. */
  previous: v.optional(text),
});
export const routeSchema = v.object({ kind: v.literal('route'), routeTableId: text, destination: text });
export const dhcpOptionsSchema = v.object({ kind: v.literal('dhcpOptions'), name: text });
export const dhcpAssociationSchema = v.object({ kind: v.literal('dhcpAssociation'), vpcId: text, previous: text });
export const vpcDnsAttributeSchema = v.object({
  kind: v.literal('vpcDnsAttribute'),
  vpcId: text,
  attribute: v.picklist(['enableDnsSupport', 'enableDnsHostnames']),
  previous: v.boolean(),
});

export const vpcKind = resourceKind<v.InferOutput<typeof vpcSchema>>({
  words: name => t('VPC {0}', name),
  find: ({ name }, removal) =>
    askNetwork(removal, ['vpcs'], ({ vpcs }) => need(vpcs).find(isMadeAs(removal, name))?.id),
  remove: (id, removal) => takeAway(removal, () => removal.gateways.vpcs.deleteVpc(vpcId(id), removal)),
});

export const subnetKind = resourceKind<v.InferOutput<typeof subnetSchema>>({
  words: name => t('subnet {0}', name),
  find: ({ name }, removal) =>
    askNetwork(removal, ['subnets'], ({ subnets }) => need(subnets).find(isMadeAs(removal, name))?.id),
  remove: (id, removal) => takeAway(removal, () => removal.gateways.vpcs.deleteSubnet(subnetId(id), removal)),
});

export const routeTableKind = resourceKind<v.InferOutput<typeof routeTableSchema>>({
  words: name => t('route table {0}', name),
  find: ({ name }, removal) =>
    askNetwork(removal, ['routeTables'], ({ routeTables }) => need(routeTables).find(isMadeAs(removal, name))?.id),
  remove: (id, removal) => takeAway(removal, () => removal.gateways.routes.deleteRouteTable(routeTableId(id), removal)),
});

/** A subnet of the run's own is gone with its association. */
export const subnetAssociationKind: ThingKind<v.InferOutput<typeof subnetAssociationSchema>> = {
  words: thing => t('route table of {0}, as it was', thing.subnetId),
  remove: ({ subnetId: id, previous }, _resourceId, removal) => {
    const { routes } = removal.gateways;
    return takeAway(removal, () =>
      previous === undefined
        ? routes.disassociateSubnet(subnetId(id), removal)
        : routes.associateSubnet(routeTableId(previous), subnetId(id), removal),
    );
  },
};

export const routeKind: ThingKind<v.InferOutput<typeof routeSchema>> = {
  words: thing => t('route to {0} in {1}', thing.destination, thing.routeTableId),
  remove: (thing, _resourceId, removal) => {
    const route = { routeTableId: routeTableId(thing.routeTableId), destination: thing.destination };
    return takeAway(removal, () => removal.gateways.routes.deleteRoute(route, removal));
  },
};

export const dhcpOptionsKind = resourceKind<v.InferOutput<typeof dhcpOptionsSchema>>({
  words: name => t('DHCP options {0}', name),
  find: ({ name }, removal) =>
    askNetwork(removal, ['dhcpOptions'], ({ dhcpOptions }) => need(dhcpOptions).find(isMadeAs(removal, name))?.id),
  remove: (id, removal) => takeAway(removal, () => removal.gateways.vpcs.deleteDhcpOptions(dhcpOptionsId(id), removal)),
});

export const dhcpAssociationKind: ThingKind<v.InferOutput<typeof dhcpAssociationSchema>> = {
  words: thing => t('DHCP options of {0}, as they were', thing.vpcId),
  remove: (thing, _resourceId, removal) => {
    const previous = thing.previous === 'default' ? 'default' : dhcpOptionsId(thing.previous);
    return takeAway(removal, () => removal.gateways.vpcs.associateDhcpOptions(vpcId(thing.vpcId), previous, removal));
  },
};

export const vpcDnsAttributeKind: ThingKind<v.InferOutput<typeof vpcDnsAttributeSchema>> = {
  words: thing => t('{0} of {1}, as it was', thing.attribute, thing.vpcId),
  remove: ({ vpcId: id, attribute, previous }, _resourceId, removal) =>
    takeAway(removal, () => removal.gateways.network.setVpcDnsAttribute(vpcId(id), attribute, previous, removal)),
};
