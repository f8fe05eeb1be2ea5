/** The lab's mistakes, to be made on purpose. */
import { prose } from '../../core/prose';
import { need } from '../../core/reading';
import type { Breakage } from '../lab';
import type { LabAction } from '../labAction';
import { endpointMistakes, otherUrl } from '../privateNetwork/endpointMistakes';
import { serviceNameOf } from '../privateNetwork/interfaceEndpoint';
import { mainTable, noRights, noRole } from '../privateNetwork/mistakes';
import { subject } from './find';
import { byUrl } from './s3Steps';

const SSH = 22;

const isSshRule = (action: LabAction, direction: 'ingress' | 'egress') =>
  action.operation === 'addSecurityGroupRule' && action.rule.direction === direction && action.rule.fromPort === SSH;

const noOutbound: Breakage = {
  id: 'no-outbound-22',
  title: prose('The Instance Connect endpoint’s group lets nothing out.'),
  alter: (action, { snapshot }) => {
    if (isSshRule(action, 'egress')) return [];
    if (action.operation !== 'createInstanceConnectEndpoint') return [action];
    const groups = need(snapshot.securityGroups).filter(({ id }) => action.securityGroupIds.includes(id));
    const removals = groups.flatMap(({ id: groupId, rules }) =>
      rules
        .filter(({ direction }) => direction === 'egress')
        .map(rule => ({ operation: 'removeSecurityGroupRule', groupId, rule }) as const),
    );
    return [...removals, action];
  },
};

const noInbound: Breakage = {
  id: 'no-inbound-22',
  title: prose('The instance’s group does not admit the Instance Connect endpoint.'),
  alter: action => (isSshRule(action, 'ingress') ? [] : [action]),
};

const preservedAddress: Breakage = {
  id: 'preserved-address',
  title: prose('The Instance Connect endpoint preserves the student’s address.'),
  alter: action =>
    action.operation === 'createInstanceConnectEndpoint' ? [{ ...action, preservesClientIp: true }] : [action],
};

const noPackage: Breakage = {
  id: 'no-package',
  title: prose('The image lacks the package ec2-instance-connect.'),
  alter: action => {
    if (action.operation !== 'logIn') return [action];
    const { instanceId } = action;
    const commandLine = 'sudo dnf -q -y remove ec2-instance-connect';
    return [{ operation: 'run', instanceId, command: 'removePackage', commandLine }, action];
  },
};

const privateDns: Breakage = {
  id: 'private-dns',
  title: prose('Private DNS is asked for, and the VPC has no gateway endpoint.'),
  alter: (action, site) =>
    action.operation === 'createInterfaceEndpoint' && action.serviceName === serviceNameOf(subject, site)
      ? [{ ...action, privateDnsEnabled: true }]
      : [action],
};

const starKept = otherUrl(byUrl, {
  id: 'star-kept',
  title: prose('The star is left in the URL.'),
  rewrite: line => line.replace(/https:\/\/bucket\.(\S+)/, "'https://*.$1'"),
});

export const mistakes: readonly Breakage[] = [
  mainTable,
  noRole,
  noRights('AmazonS3ReadOnlyAccess'),
  noOutbound,
  noInbound,
  preservedAddress,
  noPackage,
  privateDns,
  ...endpointMistakes(subject, byUrl),
  starKept,
];
