import assert from 'node:assert/strict';
import { svcNginx as lab } from '../../../src/labs/svcNginx/svcNginx';
import type { LabWalk, Student } from '../../support/labWalk';
import {
  addressesOf,
  admit,
  becomeAvailable,
  deleteEndpoints,
  type Standing,
  securityGroup,
  standingOf,
  terminate,
  watched,
} from './labSteps';

interface Balancer {
  readonly arn: string;
  readonly groupArn: string;
}

/** Steps 6.1 to 6.8: nginx behind a network load balancer, whose group lets nothing in at first. */
async function serve(provider: Student, server: Standing): Promise<Balancer> {
  await provider.shows(server.InstanceId, 'sudo dnf -y install nginx && sudo systemctl enable --now nginx');
  const page = await provider.shows(server.InstanceId, `curl -sI http://${server.PrivateIpAddress}/`);
  assert.match(page, /^HTTP\/1\.1 200 OK\n[\s\S]*Server: nginx\//);
  const groupArn = await provider.pick(
    `elbv2 create-target-group --name web --protocol TCP --port 80 --vpc-id ${server.VpcId} --target-type instance`,
    'TargetGroups[0].TargetGroupArn',
  );
  await provider.ask(`elbv2 register-targets --target-group-arn ${groupArn} --targets Id=${server.InstanceId}`);
  const health = `elbv2 describe-target-health --target-group-arn ${groupArn}`;
  await provider.becomes(['Target.NotInUse'], health, 'TargetHealthDescriptions[].TargetHealth.Reason');
  const subnets = await provider.ask<string[]>('ec2 describe-subnets', '--query', 'Subnets[].SubnetId');
  const arn = await provider.pick(
    `elbv2 create-load-balancer --name web --type network --scheme internal --subnets ${subnets.join(' ')}`,
    'LoadBalancers[0].LoadBalancerArn',
  );
  await provider.becomes(
    'active',
    `elbv2 describe-load-balancers --load-balancer-arns ${arn}`,
    'LoadBalancers[0].State.Code',
  );
  const listener = `elbv2 create-listener --load-balancer-arn ${arn} --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=${groupArn}`;
  const listenerArn = await provider.pick(listener, 'Listeners[0].ListenerArn');
  assert.equal(await provider.pick(listener, 'Listeners[0].ListenerArn'), listenerArn);
  await provider.ask(
    `elbv2 modify-load-balancer-attributes --load-balancer-arn ${arn} --attributes Key=load_balancing.cross_zone.enabled,Value=true`,
  );
  await provider.becomes(['healthy'], health, 'TargetHealthDescriptions[].TargetHealth.State');
  return { arn, groupArn };
}

/** Lab 6: a web server of one account, seen by another through an endpoint service. */
export async function svcNginx(walk: LabWalk): Promise<void> {
  const [provider, consumer] = [walk.as('provider'), walk.as('consumer')];
  const [server, client] = [await standingOf(provider, 'web-server'), await standingOf(consumer, 'client')];
  const balancer = await serve(provider, server);
  const service = await provider.ask<{ ServiceId: string; ServiceName: string; ServiceState: string }>(
    `ec2 create-vpc-endpoint-service-configuration --network-load-balancer-arns ${balancer.arn} --acceptance-required`,
    '--query',
    'ServiceConfiguration',
  );
  assert.match(service.ServiceName, new RegExp(`^com\\.amazonaws\\.vpce\\.${walk.region}\\.${service.ServiceId}$`));
  const look = `ec2 describe-vpc-endpoint-services --service-names ${service.ServiceName}`;
  await consumer.isRefused('InvalidServiceName', look);
  const permit = `ec2 modify-vpc-endpoint-service-permissions --service-id ${service.ServiceId} --add-allowed-principals`;
  await provider.ask(`${permit} arn:aws:iam::${walk.accountId('consumer')}:root`);
  const seen = await consumer.ask(
    'ec2 describe-vpc-endpoint-services',
    '--service-names',
    service.ServiceName,
    '--query',
    'ServiceDetails[].[Owner,AcceptanceRequired]',
  );
  assert.deepEqual(seen, [[walk.accountId('provider'), true]]);

  const group = await securityGroup(consumer, client.VpcId, 'lab-endpoint');
  const endpointId = await consumer.pick(
    `ec2 create-vpc-endpoint --vpc-id ${client.VpcId} --vpc-endpoint-type Interface --service-name ${service.ServiceName} --subnet-ids ${client.SubnetId} --security-group-ids ${group}`,
    'VpcEndpoint.VpcEndpointId',
  );
  await consumer.becomes(
    'pendingAcceptance',
    `ec2 describe-vpc-endpoints --vpc-endpoint-ids ${endpointId}`,
    'VpcEndpoints[0].State',
  );
  const connections = `ec2 describe-vpc-endpoint-connections --filters Name=service-id,Values=${service.ServiceId}`;
  const standing = 'VpcEndpointConnections[].[VpcEndpointOwner,VpcEndpointState]';
  await provider.becomes([[walk.accountId('consumer'), 'pendingAcceptance']], connections, standing);
  await provider.ask(
    `ec2 accept-vpc-endpoint-connections --service-id ${service.ServiceId} --vpc-endpoint-ids ${endpointId}`,
  );
  const endpoint = await becomeAvailable(consumer, endpointId);
  await provider.becomes([[walk.accountId('consumer'), 'available']], connections, standing);
  const addresses = await addressesOf(consumer, endpoint);

  const get = `curl -s -m 4 http://${endpoint.DnsEntries[0]?.DnsName}/`;
  const closed = await watched(consumer, client.InstanceId, get, 80);
  assert.deepEqual([closed.exitCode, closed.tried, closed.opened], [28, addresses, []]);
  await admit(consumer, group, 80, '172.31.0.0/16');
  const open = await watched(consumer, client.InstanceId, get, 80);
  assert.equal(open.exitCode, 0, open.shown);
  assert.match(open.shown, /<title>Welcome to nginx!<\/title>/);
  assert.deepEqual(open.opened, addresses);
  const callers = await provider.shows(
    server.InstanceId,
    "sudo awk '/curl/ {print $1}' /var/log/nginx/access.log | sort -u",
  );
  const nodes = await provider.ask<string[]>(
    'ec2 describe-network-interfaces',
    '--query',
    "NetworkInterfaces[?starts_with(Description,'ELB net/web/')].PrivateIpAddress",
  );
  assert.ok(
    callers
      .trim()
      .split('\n')
      .some(address => nodes.includes(address)),
    callers,
  );

  // The balancer is tried from the other account only.
  await walk.isDone(lab, '6.8a');

  await cleanUp(provider, consumer, { balancer, serviceId: service.ServiceId, endpointId, group });
  await terminate(provider, server.InstanceId);
  await terminate(consumer, client.InstanceId);
}

interface Left {
  readonly balancer: Balancer;
  readonly serviceId: string;
  readonly endpointId: string;
  readonly group: string;
}

/** Step 6.22, with what AWS refuses when the order is not kept. */
async function cleanUp(provider: Student, consumer: Student, { balancer, serviceId, endpointId, group }: Left) {
  const deleteService = `ec2 delete-vpc-endpoint-service-configurations --service-ids ${serviceId}`;
  const tooEarly = await provider.ask(deleteService, '--query', 'Unsuccessful[].Error.Code');
  assert.deepEqual(tooEarly, ['ExistingVpcEndpointConnections']);
  await provider.isRefused('ResourceInUse', `elbv2 delete-load-balancer --load-balancer-arn ${balancer.arn}`);
  await provider.isRefused('ResourceInUse', `elbv2 delete-target-group --target-group-arn ${balancer.groupArn}`);
  await deleteEndpoints(consumer, endpointId);
  await consumer.ask(`ec2 delete-security-group --group-id ${group}`);
  assert.deepEqual(await provider.ask(deleteService), { Unsuccessful: [] });
  await provider.ask(`elbv2 delete-load-balancer --load-balancer-arn ${balancer.arn}`);
  await provider.becomes([], 'elbv2 describe-load-balancers', 'LoadBalancers[].State.Code');
  await provider.ask(`elbv2 delete-target-group --target-group-arn ${balancer.groupArn}`);
  await provider.isRefused(
    'TargetGroupNotFound',
    `elbv2 describe-target-groups --target-group-arns ${balancer.groupArn}`,
  );
}
