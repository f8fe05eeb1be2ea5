import assert from 'node:assert/strict';
import type { LabWalk } from '../../support/labWalk';
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

/** Lab 5: S3 by an interface endpoint's own name. EC2 Instance Connect Endpoints are younger than Debian's CLI. */
export async function ifaceS3Eic(walk: LabWalk): Promise<void> {
  const student = walk.as('provider');
  const { region } = walk;
  const { VpcId, SubnetId, InstanceId } = await standingOf(student, 'private-instance');
  const group = await securityGroup(student, VpcId, 'lab-endpoint');
  const rest = `--service-name com.amazonaws.${region}.s3 --vpc-endpoint-type Interface --subnet-ids ${SubnetId} --security-group-ids ${group}`;
  await student.isRefused(
    'InvalidParameter',
    `ec2 create-vpc-endpoint --vpc-id ${VpcId} ${rest} --private-dns-enabled`,
  );
  const endpoint = await availableEndpoint(student, VpcId, `${rest} --no-private-dns-enabled`);
  assert.deepEqual([endpoint.VpcEndpointType, endpoint.PrivateDnsEnabled], ['Interface', false]);
  const addresses = await addressesOf(student, endpoint);
  const [star = ''] = endpoint.DnsEntries.map(({ DnsName }) => DnsName);
  assert.match(star, new RegExp(`^\\*\\.${endpoint.VpcEndpointId}-\\w{8}\\.s3\\.${region}\\.vpce\\.amazonaws\\.com$`));

  const list = `AWS_MAX_ATTEMPTS=1 aws s3 ls --region ${region} --cli-connect-timeout 4`;
  const own = `--endpoint-url https://${star.replace('*', 'bucket')}`;
  const closed = await watched(student, InstanceId, `${list} ${own}`);
  assert.equal(closed.exitCode, 255, closed.shown);
  assert.deepEqual([closed.tried, closed.opened], [addresses, []]);
  await admit(student, group, 443, '10.0.1.0/24');
  const open = await watched(student, InstanceId, `${list} ${own}`);
  assert.equal(open.exitCode, 0, open.shown);
  assert.deepEqual(open.opened, addresses);
  const bucket = /practice-provider-ap-south-1-\w+/.exec(open.shown)?.[0];
  assert.match(
    await student.shows(InstanceId, `aws s3 ls s3://${bucket}/ --region ${region} ${own}`),
    / readme\.txt\n/,
  );
  const starred = await student.type(InstanceId, `${list} --endpoint-url 'https://${star}'`);
  assert.notEqual(starred.exitCode, 0);
  assert.match(starred.output, /Invalid endpoint: https:\/\/\*\.vpce-/);
  const usual = await watched(student, InstanceId, list);
  assert.equal(usual.exitCode, 255, usual.shown);
  assert.ok(usual.tried.length > 0 && usual.opened.length === 0 && !usual.tried.some(isPrivate));

  await student.isRefused('DependencyViolation', `ec2 delete-security-group --group-id ${group}`);
  await deleteEndpoints(student, endpoint.VpcEndpointId);
  await student.ask(`ec2 delete-security-group --group-id ${group}`);
  await terminate(student, InstanceId);
}
