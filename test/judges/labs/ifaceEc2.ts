import assert from 'node:assert/strict';
import { ifaceEc2 as lab } from '../../../src/labs/ifaceEc2/ifaceEc2';
import type { LabWalk } from '../../support/labWalk';
import {
  addressesOf,
  admit,
  availableEndpoint,
  deleteEndpoints,
  ec2Trust,
  image,
  securityGroup,
  terminate,
  watched,
} from './labSteps';

const policies = ['AmazonEC2ReadOnlyAccess', 'AmazonSSMManagedInstanceCore'].map(
  name => `arn:aws:iam::aws:policy/${name}`,
);

/** Lab 1: role, instance and endpoint from nothing; the call goes to an endpoint interface; everything is taken away again. */
export async function ifaceEc2(walk: LabWalk): Promise<void> {
  const student = walk.as('provider');
  const { region } = walk;
  const [role, profile] = ['--role-name lab-reader', '--instance-profile-name lab-reader'];
  await student.ask(`iam create-role ${role} --assume-role-policy-document`, ec2Trust);
  for (const policy of policies) await student.ask(`iam attach-role-policy ${role} --policy-arn ${policy}`);
  const vpc = await student.pick('ec2 describe-vpcs --filters Name=is-default,Values=true', 'Vpcs[0].VpcId');
  const subnets = await student.ask<string[]>('ec2 describe-subnets', '--query', 'Subnets[].SubnetId');
  const launch = `ec2 run-instances --image-id ${image} --instance-type t2.micro --subnet-id ${subnets[0]} --iam-instance-profile Name=lab-reader`;
  await student.isRefused('InvalidParameterValue', launch);
  await student.ask(`iam create-instance-profile ${profile}`);
  await student.ask(`iam add-role-to-instance-profile ${profile} ${role}`);
  await new Promise(resolve => setTimeout(resolve, 1500));
  const instance = await student.pick(launch, 'Instances[0].InstanceId');
  await student.becomes(
    { State: 'running', Profile: `arn:aws:iam::${walk.accountId('provider')}:instance-profile/lab-reader` },
    `ec2 describe-instances --instance-ids ${instance}`,
    'Reservations[0].Instances[0].{State:State.Name,Profile:IamInstanceProfile.Arn}',
  );
  await student.becomes(
    ['Online'],
    `ssm describe-instance-information --filters Key=InstanceIds,Values=${instance}`,
    'InstanceInformationList[].PingStatus',
  );

  const group = await securityGroup(student, vpc, 'lab-endpoint');
  const rest = `--service-name com.amazonaws.${region}.ec2 --vpc-endpoint-type Interface --security-group-ids ${group} --private-dns-enabled`;
  const zone = `ec2 describe-subnets --subnet-ids ${subnets[0]}`;
  const twin = await student.pick(
    `ec2 create-subnet --vpc-id ${vpc} --cidr-block 172.31.240.0/24 --availability-zone ${await student.pick(zone, 'Subnets[0].AvailabilityZone')}`,
    'Subnet.SubnetId',
  );
  await student.isRefused(
    'DuplicateSubnetsInSameZone',
    `ec2 create-vpc-endpoint --vpc-id ${vpc} ${rest} --subnet-ids ${subnets[0]} ${twin}`,
  );
  await student.ask(`ec2 delete-subnet --subnet-id ${twin}`);
  const endpoint = await availableEndpoint(student, vpc, `${rest} --subnet-ids ${subnets.join(' ')}`);
  assert.equal(endpoint.VpcId, vpc);
  assert.equal(endpoint.PrivateDnsEnabled, true);
  assert.equal(endpoint.NetworkInterfaceIds.length, subnets.length);
  await student.isRefused(
    'InvalidParameter',
    `ec2 create-vpc-endpoint --vpc-id ${vpc} ${rest} --subnet-ids ${subnets[0]}`,
  );
  const addresses = await addressesOf(student, endpoint);
  const answers = (await student.shows(instance, `dig +short ec2.${region}.amazonaws.com`)).trim().split('\n');
  assert.deepEqual(
    answers.filter(answer => !addresses.includes(answer)),
    [],
  );

  const call = `AWS_MAX_ATTEMPTS=1 aws ec2 describe-instances --region ${region} --cli-connect-timeout 4`;
  const before = await watched(student, instance, call);
  assert.equal(before.exitCode, 255, before.shown);
  assert.match(before.shown, /Connect timeout on endpoint URL: "https:\/\/ec2\./);
  assert.deepEqual([before.opened, before.tried.every(address => addresses.includes(address))], [[], true]);
  await admit(student, group, 443, '172.31.0.0/16');
  const after = await watched(student, instance, call);
  assert.equal(after.exitCode, 0, after.shown);
  assert.ok(JSON.parse(after.shown).Reservations.length > 0);
  assert.ok(after.opened.length > 0 && after.opened.every(address => addresses.includes(address)));
  await walk.isDone(lab);

  await student.isRefused('DependencyViolation', `ec2 delete-security-group --group-id ${group}`);
  await deleteEndpoints(student, endpoint.VpcEndpointId);
  await terminate(student, instance);
  await student.ask(`ec2 delete-security-group --group-id ${group}`);
  await student.isRefused('DeleteConflict', `iam delete-instance-profile ${profile}`);
  await student.ask(`iam remove-role-from-instance-profile ${profile} ${role}`);
  await student.ask(`iam delete-instance-profile ${profile}`);
  for (const policy of policies) await student.ask(`iam detach-role-policy ${role} --policy-arn ${policy}`);
  await student.ask(`iam delete-role ${role}`);
  await student.isRefused('InvalidGroup.NotFound', `ec2 describe-security-groups --group-ids ${group}`);
  await student.isRefused('NoSuchEntity', `iam get-role ${role}`);
}
