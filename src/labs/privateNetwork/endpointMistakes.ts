/** Mistakes that any lab about an interface endpoint in a private subnet can make. */
import { prose } from '../../core/prose';
import { need } from '../../core/reading';
import type { Breakage } from '../lab';
import type { LabSite } from '../labWorld';
import { endpointGroups, type Subject, serviceNameOf } from './interfaceEndpoint';

const attributesOff: Breakage = {
  id: 'attributes-off',
  title: prose('DNS host names of the VPC are left off.'),
  alter: action => (action.operation === 'setVpcDnsAttribute' ? [] : [action]),
};

const isEndpointGroup = (site: LabSite, subject: Subject, groupId: string) =>
  endpointGroups(site, subject).some(({ id }) => id === groupId);

const noRule = (subject: Subject): Breakage => ({
  id: 'no-443',
  title: prose('The endpoint’s security group does not admit TCP 443.'),
  alter: (action, site) =>
    action.operation === 'addSecurityGroupRule' && isEndpointGroup(site, subject, action.groupId) ? [] : [action],
});

const defaultGroup = (subject: Subject): Breakage => ({
  id: 'default-group',
  title: prose('The VPC’s default security group is chosen for the endpoint.'),
  alter: (action, site) => {
    if (action.operation === 'addSecurityGroupRule' && isEndpointGroup(site, subject, action.groupId)) return [];
    if (action.operation !== 'createInterfaceEndpoint' || action.serviceName !== serviceNameOf(subject, site))
      return [action];
    const groups = need(site.snapshot.securityGroups).filter(
      ({ vpcId, name }) => vpcId === action.vpcId && name === 'default',
    );
    return [{ ...action, securityGroupIds: groups.map(({ id }) => id) }];
  },
});

/** The URL of a command is written in another way. */
export const otherUrl = (
  command: string,
  { id, title, rewrite }: Pick<Breakage, 'id' | 'title'> & { readonly rewrite: (commandLine: string) => string },
): Breakage => ({
  id,
  title,
  alter: action =>
    'command' in action && action.command === command
      ? [{ ...action, commandLine: rewrite(action.commandLine) }]
      : [action],
});

/** `command`: the one that names the endpoint in its URL. */
export const endpointMistakes = (subject: Subject, command: string): readonly Breakage[] => [
  attributesOff,
  noRule(subject),
  defaultGroup(subject),
  otherUrl(command, {
    id: 'no-scheme',
    title: prose('https:// is left out of the URL.'),
    rewrite: line => line.replace('https://', ''),
  }),
  otherUrl(command, {
    id: 'plain-http',
    title: prose('The URL begins with http://.'),
    rewrite: line => line.replace('https://', 'http://'),
  }),
  otherUrl(command, {
    id: 'wrong-name',
    title: prose('The endpoint’s name is copied wrongly.'),
    rewrite: line => line.replace('.vpce.amazonaws', '.vpc.amazonaws'),
  }),
];
