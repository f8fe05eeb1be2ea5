import { LabError } from '../../src/core/errors';
import type { CloudGateways } from '../../src/core/ports/gateways';

const unused = (name: string) => () => Promise.reject(new LabError('internal', { detail: name }));

/** The gateways of what a network is built of, for fakes whose tests build none: each call fails with its name. */
export const unusedNetworkGateways: Pick<CloudGateways, 'vpcs' | 'routes' | 'internetAccess' | 'peering'> = {
  vpcs: {
    createVpc: unused('createVpc'),
    deleteVpc: unused('deleteVpc'),
    listAvailabilityZones: unused('listAvailabilityZones'),
    createSubnet: unused('createSubnet'),
    deleteSubnet: unused('deleteSubnet'),
    createDhcpOptions: unused('createDhcpOptions'),
    associateDhcpOptions: unused('associateDhcpOptions'),
    deleteDhcpOptions: unused('deleteDhcpOptions'),
  },
  routes: {
    createRouteTable: unused('createRouteTable'),
    deleteRouteTable: unused('deleteRouteTable'),
    associateSubnet: unused('associateSubnet'),
    disassociateSubnet: unused('disassociateSubnet'),
    createRoute: unused('createRoute'),
    replaceRoute: unused('replaceRoute'),
    deleteRoute: unused('deleteRoute'),
  },
  internetAccess: {
    createInternetGateway: unused('createInternetGateway'),
    attachInternetGateway: unused('attachInternetGateway'),
    detachInternetGateway: unused('detachInternetGateway'),
    deleteInternetGateway: unused('deleteInternetGateway'),
    allocateAddress: unused('allocateAddress'),
    listAddresses: async () => [],
    releaseAddress: unused('releaseAddress'),
    createNatGateway: unused('createNatGateway'),
    settledNatGateway: unused('settledNatGateway'),
    deleteNatGateway: unused('deleteNatGateway'),
  },
  peering: {
    listPeeringConnections: async () => [],
    findPeeringConnection: unused('findPeeringConnection'),
    createPeeringConnection: unused('createPeeringConnection'),
    settled: unused('settled'),
    acceptPeeringConnection: unused('acceptPeeringConnection'),
    rejectPeeringConnection: unused('rejectPeeringConnection'),
    deletePeeringConnection: unused('deletePeeringConnection'),
    allowRemoteDns: unused('allowRemoteDns'),
  },
};
