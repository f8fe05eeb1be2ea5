import assert from 'node:assert/strict';
import { gwS3 as lab } from '../../../src/labs/gwS3/gwS3';
import type { LabWalk, Student } from '../../support/labWalk';
import { availableEndpoint, deleteEndpoints, isPrivate, standingOf, terminate, watched } from './labSteps';

interface Route {
  readonly DestinationPrefixListId?: string;
  readonly GatewayId?: string;
  readonly State: string;
}

const routesOf = (student: Student, table: string) =>
  student.ask<Route[]>(`ec2 describe-route-tables --route-table-ids ${table}`, '--query', 'RouteTables[0].Routes');

/** Lab 2: an instance without any way to the internet reads S3 once its route table leads to the endpoint. */
export async function gwS3(walk: LabWalk): Promise<void> {
  const student = walk.as('provider');
  const { region } = walk;
  const { VpcId, SubnetId, InstanceId } = await standingOf(student, 'private-instance');
  const table = await student.pick(
    `ec2 describe-route-tables --filters Name=association.subnet-id,Values=${SubnetId}`,
    'RouteTables[0].RouteTableId',
  );
  assert.deepEqual(
    (await routesOf(student, table)).map(({ GatewayId }) => GatewayId),
    ['local'],
  );
  const bucket = await student.pick('s3api list-buckets', `Buckets[?contains(Name,'${region}')].Name|[0]`);

  const list = 'AWS_MAX_ATTEMPTS=1 aws s3 ls --cli-connect-timeout 4';
  const before = await watched(student, InstanceId, list);
  assert.equal(before.exitCode, 255, before.shown);
  assert.match(
    before.shown,
    new RegExp(`Connect timeout on endpoint URL: "https://s3\\.${region}\\.amazonaws\\.com/"`),
  );
  assert.ok(before.tried.length > 0 && before.opened.length === 0 && !before.tried.some(isPrivate));

  const service = `--service-name com.amazonaws.${region}.s3 --route-table-ids`;
  await student.isRefused(
    'InvalidRouteTableID.NotFound',
    `ec2 create-vpc-endpoint --vpc-id ${VpcId} ${service} rtb-0123456789abcdef0`,
  );
  const endpoint = await availableEndpoint(student, VpcId, `${service} ${table}`);
  assert.deepEqual([endpoint.VpcEndpointType, endpoint.RouteTableIds], ['Gateway', [table]]);
  await student.isRefused('RouteAlreadyExists', `ec2 create-vpc-endpoint --vpc-id ${VpcId} ${service} ${table}`);
  const route = (await routesOf(student, table)).find(({ GatewayId }) => GatewayId === endpoint.VpcEndpointId);
  assert.equal(route?.State, 'active');
  const listName = `ec2 describe-prefix-lists --prefix-list-ids ${route.DestinationPrefixListId}`;
  const prefixList = await student.ask<{ PrefixListName: string; Cidrs: string[] }>(
    listName,
    '--query',
    'PrefixLists[0]',
  );
  assert.equal(prefixList.PrefixListName, `com.amazonaws.${region}.s3`);
  await student.isRefused(
    'InvalidParameterValue',
    `ec2 delete-route --route-table-id ${table} --destination-prefix-list-id ${route.DestinationPrefixListId}`,
  );

  const after = await watched(student, InstanceId, list);
  assert.equal(after.exitCode, 0, after.shown);
  assert.match(after.shown, new RegExp(` ${bucket}$`, 'm'));
  assert.ok(after.opened.length > 0 && !after.opened.some(isPrivate));
  assert.match(await student.shows(InstanceId, `aws s3 ls s3://${bucket}`), / PRE reports\/\n.* readme\.txt\n/);
  assert.match(
    await student.shows(InstanceId, `aws s3 cp s3://${bucket}/readme.txt /tmp/readme.txt && cat /tmp/readme.txt`),
    /download: s3:\/\/\S+ to \S*readme\.txt[\s\S]*This bucket is part of the practice cloud/,
  );
  const elsewhere = await student.type(
    InstanceId,
    'AWS_MAX_ATTEMPTS=1 aws s3 ls --region us-east-1 --cli-connect-timeout 2',
  );
  assert.equal(elsewhere.exitCode, 255, elsewhere.output);
  const denied = await student.type(InstanceId, `aws s3 cp /tmp/readme.txt s3://${bucket}/other.txt`);
  assert.equal(denied.exitCode, 1, denied.output);
  assert.match(denied.output, /\(AccessDenied\) when calling the PutObject operation/);

  await walk.isDone(lab);

  await deleteEndpoints(student, endpoint.VpcEndpointId);
  assert.deepEqual(
    (await routesOf(student, table)).map(({ GatewayId }) => GatewayId),
    ['local'],
  );
  await terminate(student, InstanceId);
}
