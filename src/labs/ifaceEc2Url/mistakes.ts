/** The lab's mistakes, to be made on purpose. */
import { prose } from '../../core/prose';
import type { Breakage } from '../lab';
import { endpointMistakes } from '../privateNetwork/endpointMistakes';
import { serviceNameOf } from '../privateNetwork/interfaceEndpoint';
import { mainTable, noRights, noRole, publicSubnet } from '../privateNetwork/mistakes';
import { subject } from './find';

const privateDnsOff: Breakage = {
  id: 'private-dns-off',
  title: prose('The endpoint is created with private DNS off.'),
  alter: (action, site) => {
    if (action.operation === 'modifyPrivateDns') return [];
    return action.operation === 'createInterfaceEndpoint' && action.serviceName === serviceNameOf(subject, site)
      ? [{ ...action, privateDnsEnabled: false }]
      : [action];
  },
};

export const mistakes: readonly Breakage[] = [
  mainTable,
  publicSubnet,
  noRole,
  noRights('AmazonEC2ReadOnlyAccess'),
  ...endpointMistakes(subject, 'byUrl'),
  privateDnsOff,
];
