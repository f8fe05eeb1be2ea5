import { prose, telling } from '../../core/prose';
import { check, fails, holds } from '../check';
import { isOwn, ownGroup } from '../choose';
import { isReached, launchWithRole, whyOffline } from '../instanceParts';
import type { Step } from '../lab';
import { subnetPerZoneOf } from '../vpcParts';
import { findProviderVpc, findServer, serverGroupName, serverName } from './find';

/** 6.0: an instance that will be the server. */
export const launchServerStep: Step = {
  id: '6.0',
  account: 'provider',
  title: prose('Launch the server and get a way in'),
  reason: prose(
    'The service needs something that serves. The instance has a security group of its own, still without a rule, so that you see later who has to be let in.',
  ),
  hints: [
    prose('Any small instance in the provider’s default VPC will do.'),
    prose('Give it a role with AmazonSSMManagedInstanceCore, and a security group made for it.'),
    prose('Amazon Linux 2023, t2.micro, default VPC. Its agent needs a minute or two until Session Manager lists it.'),
  ],
  symptoms: [
    {
      seen: prose('The instance runs, and Session Manager never lists it'),
      recognise: site => whyOffline(site, findServer(site)),
    },
  ],
  done: site => check(() => isReached(site, findServer(site))),
  action: site => {
    if (findServer(site)) return undefined;
    const vpc = findProviderVpc(site);
    const name = serverGroupName(site);
    const group = ownGroup(site, name);
    const [subnet] = subnetPerZoneOf(site, vpc.id);
    if (!group)
      return { operation: 'createSecurityGroup', vpcId: vpc.id, name, description: 'Guards the server of the lab' };
    return (
      subnet && launchWithRole(site, { name: serverName(site), subnetId: subnet.id, securityGroupIds: [group.id] })
    );
  },
};

const installNginx = 'sudo dnf -y -q install nginx && sudo systemctl enable --now nginx';
const askServer = 'curl -sI --connect-timeout 5 http://localhost/ | head -2';

/** 6.1: nginx. */
export const webServerStep: Step = {
  id: '6.1',
  account: 'provider',
  title: prose('Install nginx and start it'),
  reason: prose('Asked on the instance itself it must answer: what fails later is then the way, not the server.'),
  hints: [
    prose('Installing a package does not start what is in it.'),
    prose('dnf installs nginx; systemctl starts it and keeps it started after a reboot.'),
    prose('sudo dnf -y install nginx; sudo systemctl enable --now nginx; curl -sI http://localhost/'),
  ],
  symptoms: [
    {
      seen: prose('curl on the instance says: Connection refused'),
      recognise: (_site, { commands }) =>
        commands.serverAnswer && !servesNginx(commands.serverAnswer.output)
          ? telling(prose('nginx is not installed or not started on the server'))
          : undefined,
    },
  ],
  done: proveServer,
  proof: proveServer,
  action: (site, { commands }) => {
    const server = findServer(site);
    if (!server || commands.serverAnswer) return undefined;
    // Nothing is installed on an instance that the lab did not launch: there it only asks.
    return isOwn(site, server) && !commands.install
      ? { operation: 'run', instanceId: server.id, command: 'install', commandLine: installNginx }
      : { operation: 'run', instanceId: server.id, command: 'serverAnswer', commandLine: askServer };
  },
};

const servesNginx = (output: string) => /^HTTP\/1\.1 200/m.test(output) && /^Server: nginx/im.test(output);

function proveServer(...[site, { commands }]: Parameters<Step['done']>) {
  return check(() => {
    const server = findServer(site)?.id;
    const answer = commands.serverAnswer;
    if (!server || !answer) return fails(telling(prose('The server has not been asked yet.')));
    return servesNginx(answer.output)
      ? holds(telling(prose('nginx answers on {0}.'), server), server)
      : fails(telling(prose('nginx does not answer on {0}.'), server));
  });
}
