import type { LabDesk } from '../../support/labDesk';
import type { LabScript } from './labScript';
import { allow, connect, connected, decide, requests, stateOf, vpcOf } from './svcNginxConsumer';
import { closePort80, provideBalancer, provideService, targetHealth } from './svcNginxProvider';

const provider = 'provider';
const consumer = 'consumer';
const client = 'client';
const server = 'web-server';

async function noAcceptance(desk: LabDesk): Promise<void> {
  const { dnsName, endpoint, service } = await desk.beforehand('a consumer asked', async () => {
    const balanced = await provideBalancer(desk, { crossZone: true });
    const { service, name } = await provideService(desk, balanced);
    await allow(desk, service);
    return { service, ...(await connect(desk, name)) };
  });
  desk.say('nobody accepted');
  await stateOf(desk, endpoint);
  await desk.instance(consumer, client, `curl -sS --connect-timeout 5 http://${dnsName}/`);
  desk.say('rejected: a new one must be made');
  await decide(desk, 'reject', service, endpoint);
  await stateOf(desk, endpoint);
  await requests(desk, service);
  await decide(desk, 'accept', service, endpoint);
  await desk.instance(consumer, client, `curl -sS --connect-timeout 5 http://${dnsName}/`);
}

async function rejectedLater(desk: LabDesk): Promise<void> {
  const { service, endpoint, dnsName } = await desk.beforehand('a consumer is connected', () => connected(desk));
  await desk.instance(consumer, client, `curl -s http://${dnsName}/ | grep title`);
  desk.say('an available connection may still be rejected');
  await decide(desk, 'reject', service, endpoint);
  await stateOf(desk, endpoint);
  await desk.instance(consumer, client, `curl -sS --connect-timeout 5 http://${dnsName}/`);
}

async function port80Closed(desk: LabDesk): Promise<void> {
  const { endpoint, dnsName } = await desk.beforehand('a consumer connected with a group without port 80', async () => {
    const balanced = await provideBalancer(desk, { crossZone: true });
    const { service, name } = await provideService(desk, balanced);
    await allow(desk, service);
    await desk.laptop(
      consumer,
      `aws ec2 create-security-group --group-name https-only --description "HTTPS only" --vpc-id ${await vpcOf(desk, consumer)}`,
    );
    await desk.laptop(
      consumer,
      'aws ec2 authorize-security-group-ingress --group-name https-only --protocol tcp --port 443 --cidr 172.31.0.0/16',
    );
    const connection = await connect(desk, name, 'https-only');
    await decide(desk, 'accept', service, connection.endpoint);
    return connection;
  });
  desk.say('all is available, and curl hangs');
  await stateOf(desk, endpoint);
  await desk.capture(consumer, client, 'tcpdump -nn port 80', `curl -sS --connect-timeout 12 http://${dnsName}/`);
}

async function crossZoneOff(desk: LabDesk): Promise<void> {
  const { dnsName, balancer } = await desk.beforehand('a consumer is connected, cross-zone is off', () =>
    connected(desk, false),
  );
  desk.say('one address of three answers');
  const all = `for a in $(dig +short ${dnsName} | sort); do curl -sS -o /dev/null -w '%{http_code}\\n' --connect-timeout 3 http://$a/; done`;
  await desk.instance(consumer, client, all);
  await desk.laptop(
    provider,
    `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ${balancer} --attributes Key=load_balancing.cross_zone.enabled,Value=true --query "Attributes[?Key=='load_balancing.cross_zone.enabled'].Value" --output text`,
  );
  await desk.pass(60_000);
  await desk.instance(consumer, client, all);
}

async function unhealthy(desk: LabDesk): Promise<void> {
  const { dnsName, targets } = await desk.beforehand('a consumer is connected', () => connected(desk));
  const use = `curl -sS --connect-timeout 5 http://${dnsName}/ | grep title`;
  await targetHealth(desk, targets);
  await desk.instance(consumer, client, use);
  desk.say('nginx stops: all targets are unhealthy, the balancer tries them nevertheless, and they refuse');
  await desk.instance(provider, server, 'sudo systemctl stop nginx');
  await desk.pass(120_000);
  await targetHealth(desk, targets);
  await desk.capture(consumer, client, 'tcpdump -nn port 80', use);
  await desk.instance(provider, server, 'sudo systemctl start nginx');
  await desk.pass(180_000);
  await targetHealth(desk, targets);
  await desk.instance(consumer, client, use);
  desk.say('6.5 the group of server and balancer no longer admits port 80: silence');
  await closePort80(desk);
  await desk.pass(120_000);
  await targetHealth(desk, targets);
  await desk.instance(consumer, client, use);
}

async function otherPort(desk: LabDesk): Promise<void> {
  const { dnsName, balancer } = await desk.beforehand('a consumer is connected', () => connected(desk));
  desk.say('6.19 the listener is on another port');
  await desk.laptop(
    provider,
    `aws elbv2 modify-listener --port 8080 --listener-arn $(aws elbv2 describe-listeners --load-balancer-arn ${balancer} --query "Listeners[0].ListenerArn" --output text) --query "Listeners[0].Port"`,
  );
  await desk.pass(60_000);
  await desk.capture(consumer, client, 'tcpdump -nn port 80', `curl -sS --connect-timeout 5 http://${dnsName}/`);
}

/** Mistakes after which a consumer's curl does not get through. */
export const svcNginxSilence: readonly LabScript[] = [
  { name: 'no acceptance', type: noAcceptance },
  { name: 'rejected later', type: rejectedLater },
  { name: 'port 80 closed', type: port80Closed },
  { name: 'cross zone off', type: crossZoneOff },
  { name: 'unhealthy target', type: unhealthy },
  { name: 'listener on another port', type: otherPort },
];
