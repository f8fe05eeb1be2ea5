import assert from 'node:assert/strict';
import { ifaceEc2Url as lab } from '../../../src/labs/ifaceEc2Url/ifaceEc2Url';
import type { LabWalk } from '../../support/labWalk';
import {
  addressesOf,
  admit,
  availableEndpoint,
  becomeAvailable,
  deleteEndpoints,
  isPrivate,
  securityGroup,
  standingOf,
  watched,
} from './labSteps';

/** Lab 3: the endpoint's own name, and what private DNS changes about the usual one. */
export async function ifaceEc2Url(walk: LabWalk): Promise<void> {
  const student = walk.as('provider');
  const { region } = walk;
  const { VpcId, SubnetId, InstanceId } = await standingOf(student, 'private-instance');
  const call = `AWS_MAX_ATTEMPTS=1 aws ec2 describe-instances --region ${region} --cli-connect-timeout 4`;
  const before = await watched(student, InstanceId, call);
  assert.equal(before.exitCode, 255, before.shown);
  assert.ok(before.tried.length > 0 && before.opened.length === 0 && !before.tried.some(isPrivate));

  const group = await securityGroup(student, VpcId, 'lab-endpoint');
  await admit(student, group, 443, '10.0.1.0/24');
  await student.isRefused(
    'InvalidPermission.Duplicate',
    `ec2 authorize-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr 10.0.1.0/24`,
  );
  const rest = `--service-name com.amazonaws.${region}.ec2 --vpc-endpoint-type Interface --subnet-ids ${SubnetId} --security-group-ids ${group} --private-dns-enabled`;
  await student.ask(`ec2 modify-vpc-attribute --vpc-id ${VpcId} --no-enable-dns-hostnames`);
  await student.isRefused('InvalidParameter', `ec2 create-vpc-endpoint --vpc-id ${VpcId} ${rest}`);
  await student.ask(`ec2 modify-vpc-attribute --vpc-id ${VpcId} --enable-dns-support`);
  await student.ask(`ec2 modify-vpc-attribute --vpc-id ${VpcId} --enable-dns-hostnames`);
  const attribute = `ec2 describe-vpc-attribute --vpc-id ${VpcId} --attribute enableDnsHostnames`;
  await student.becomes(true, attribute, 'EnableDnsHostnames.Value');
  const endpoint = await availableEndpoint(student, VpcId, rest);
  assert.deepEqual(endpoint.SubnetIds, [SubnetId]);
  const addresses = await addressesOf(student, endpoint);
  const id = endpoint.VpcEndpointId;
  const [regional = '', ...others] = endpoint.DnsEntries.map(({ DnsName }) => DnsName);
  assert.match(regional, new RegExp(`^${id}-\\w{8}\\.ec2\\.${region}\\.vpce\\.amazonaws\\.com$`));
  assert.match(others[0] ?? '', new RegExp(`^${id}-\\w{8}-${region}[a-c]\\.ec2\\.${region}\\.vpce\\.amazonaws\\.com$`));
  assert.equal(others.at(-1), `ec2.${region}.amazonaws.com`);

  for (const line of [`${call} --endpoint-url https://${regional}`, call]) {
    const { exitCode, shown, opened } = await watched(student, InstanceId, line);
    assert.equal(exitCode, 0, shown);
    assert.ok(JSON.parse(shown).Reservations.length > 0);
    assert.deepEqual(opened, addresses);
  }
  await walk.isDone(lab);

  const bare = await student.type(InstanceId, `${call} --endpoint-url ${regional}`);
  assert.equal(bare.exitCode, 252);
  assert.match(bare.output, /Bad value for --endpoint-url "vpce-[^"]+": scheme is missing/);

  await student.ask(`ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} --no-private-dns-enabled`);
  await becomeAvailable(student, id);
  assert.equal((await student.type(InstanceId, call)).exitCode, 255);
  assert.equal((await student.type(InstanceId, `${call} --endpoint-url https://${regional}`)).exitCode, 0);
  await student.ask(
    `ec2 revoke-security-group-ingress --group-id ${group} --protocol tcp --port 443 --cidr 10.0.1.0/24`,
  );
  const dropped = await watched(student, InstanceId, `${call} --endpoint-url https://${regional}`);
  assert.equal(dropped.exitCode, 255, dropped.shown);
  assert.deepEqual([dropped.tried, dropped.opened], [addresses, []]);

  await deleteEndpoints(student, id);
  await student.ask(`ec2 delete-security-group --group-id ${group}`);
}
