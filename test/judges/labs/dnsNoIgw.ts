import assert from 'node:assert/strict';
import type { LabWalk, Student } from '../../support/labWalk';
import {
  addressesOf,
  admit,
  availableEndpoint,
  deleteEndpoints,
  isPrivate,
  securityGroup,
  standingOf,
  terminate,
  watched,
} from './labSteps';

/** Step 7.11: the gateway cannot go while the instance has a public address, which it gives back when it is stopped. */
async function removeGateway(student: Student, vpc: string, instance: string): Promise<void> {
  const gateway = await student.pick(
    `ec2 describe-internet-gateways --filters Name=attachment.vpc-id,Values=${vpc}`,
    'InternetGateways[0].InternetGatewayId',
  );
  const detach = `ec2 detach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${gateway}`;
  await student.isRefused('DependencyViolation', detach);
  await student.ask(`ec2 stop-instances --instance-ids ${instance}`);
  const state = 'Reservations[0].Instances[0].State.Name';
  await student.becomes('stopped', `ec2 describe-instances --instance-ids ${instance}`, state);
  const agent = `ssm describe-instance-information --filters Key=InstanceIds,Values=${instance}`;
  const online = "InstanceInformationList[?PingStatus=='Online'].InstanceId";
  await student.becomes([], agent, online);
  const table = await student.pick(
    `ec2 describe-route-tables --filters Name=vpc-id,Values=${vpc} Name=association.main,Values=true`,
    'RouteTables[0].RouteTableId',
  );
  await student.ask(`ec2 delete-route --route-table-id ${table} --destination-cidr-block 0.0.0.0/0`);
  await student.ask(detach);
  await student.ask(`ec2 delete-internet-gateway --internet-gateway-id ${gateway}`);
  await student.ask(`ec2 start-instances --instance-ids ${instance}`);
  await student.becomes([instance], agent, online);
}

/** Lab 7: names before and after the endpoints, then life without the internet gateway. */
export async function dnsNoIgw(walk: LabWalk): Promise<void> {
  const student = walk.as('provider');
  const { region } = walk;
  const { VpcId, SubnetId, InstanceId } = await standingOf(student, 'dns-lab-instance');
  const options = await student.pick(
    'ec2 create-dhcp-options --dhcp-configurations',
    'DhcpOptions.DhcpOptionsId',
    `Key=domain-name,Values=${region}.compute.internal`,
    'Key=domain-name-servers,Values=AmazonProvidedDNS',
  );
  await student.ask(`ec2 associate-dhcp-options --vpc-id ${VpcId} --dhcp-options-id ${options}`);
  assert.match(await student.shows(InstanceId, 'cat /etc/resolv.conf'), /^nameserver 10\.0\.0\.2$/m);
  const own = [
    "TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 300')",
    'curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id',
  ].join('; ');
  assert.equal(await student.shows(InstanceId, own), InstanceId);
  const call = `aws ec2 describe-instances --instance-ids ${InstanceId} --region ${region}`;
  const before = await watched(student, InstanceId, call);
  assert.equal(before.exitCode, 0, before.shown);
  assert.ok(before.opened.length > 0 && !before.opened.some(isPrivate));
  const name = `ec2.${region}.amazonaws.com`;
  const misspelt = await student.type(InstanceId, `${call} --endpont-url https://${name}`);
  assert.equal(misspelt.exitCode, 252, misspelt.output);
  const dig = async () => (await student.shows(InstanceId, `dig +short ${name}`)).trim().split('\n');
  assert.ok(!(await dig()).some(isPrivate));

  const group = await securityGroup(student, VpcId, 'lab-endpoints');
  await admit(student, group, 443, '10.0.0.0/16');
  const endpoints = await Promise.all(
    ['ssm', 'ssmmessages', 'ec2messages', 'ec2'].map(service =>
      availableEndpoint(
        student,
        VpcId,
        `--service-name com.amazonaws.${region}.${service} --vpc-endpoint-type Interface --subnet-ids ${SubnetId} --security-group-ids ${group} --private-dns-enabled`,
      ),
    ),
  );
  const addresses = await addressesOf(student, endpoints[3] ?? assert.fail());
  assert.deepEqual(await dig(), addresses);
  const [address = ''] = addresses;
  assert.equal(
    (await student.shows(InstanceId, `dig +short -x ${address}`)).trim(),
    `ip-${address.replaceAll('.', '-')}.${region}.compute.internal.`,
  );

  await removeGateway(student, VpcId, InstanceId);
  const after = await watched(student, InstanceId, call);
  assert.equal(after.exitCode, 0, after.shown);
  assert.deepEqual(after.opened, addresses);
  assert.equal((await student.type(InstanceId, 'curl -s -m 3 https://example.com')).exitCode, 28);

  await student.isRefused('DependencyViolation', `ec2 delete-dhcp-options --dhcp-options-id ${options}`);
  await student.ask(`ec2 associate-dhcp-options --vpc-id ${VpcId} --dhcp-options-id default`);
  await student.ask(`ec2 delete-dhcp-options --dhcp-options-id ${options}`);
  await student.isRefused('DependencyViolation', `ec2 delete-subnet --subnet-id ${SubnetId}`);
  await deleteEndpoints(student, ...endpoints.map(({ VpcEndpointId }) => VpcEndpointId));
  await terminate(student, InstanceId);
  const groups = await student.ask<string[]>(
    `ec2 describe-security-groups --filters Name=vpc-id,Values=${VpcId}`,
    '--query',
    "SecurityGroups[?GroupName!='default'].GroupId",
  );
  for (const each of groups) await student.ask(`ec2 delete-security-group --group-id ${each}`);
  await student.ask(`ec2 delete-subnet --subnet-id ${SubnetId}`);
  await student.ask(`ec2 delete-vpc --vpc-id ${VpcId}`);
  await student.isRefused('InvalidVpcID.NotFound', `ec2 describe-vpcs --vpc-ids ${VpcId}`);
}
