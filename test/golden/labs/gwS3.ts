import type { LabDesk } from '../../support/labDesk';
import type { LabScript } from './labScript';

const account = 'consumer';
const instance = 'private-instance';
const service = 'com.amazonaws.ap-south-1.s3';
const toS3 = 'tcpdump -nn -c 5 dst port 443 and not dst net 10.0.0.0/16';

/** The account's bucket in the lab's region, the private subnet's route table and the lab's VPC. */
async function siteOf(desk: LabDesk) {
  const bucket = await desk.value(
    account,
    `aws s3api list-buckets --query "Buckets[?contains(Name, 'ap-south-1')].Name | [0]" --output text`,
  );
  const table = await desk.value(
    account,
    'aws ec2 describe-route-tables --filters Name=tag:Name,Values=subnet-B-RT --query "RouteTables[0].RouteTableId" --output text',
  );
  const vpc = await desk.value(
    account,
    'aws ec2 describe-vpcs --filters Name=tag:Name,Values=lab-vpc --query "Vpcs[0].VpcId" --output text',
  );
  return { bucket, table, vpc };
}

const create = (desk: LabDesk, vpc: string, table: string, more = '') =>
  desk.value(
    account,
    `aws ec2 create-vpc-endpoint --vpc-id ${vpc} --service-name ${service} --route-table-ids ${table}${more} --query VpcEndpoint.VpcEndpointId --output text`,
  );

const routes = (desk: LabDesk, table: string) =>
  desk.laptop(
    account,
    `aws ec2 describe-route-tables --route-table-ids ${table} --query "RouteTables[0].Routes" --output table`,
  );

async function rightPath(desk: LabDesk): Promise<void> {
  const { bucket, table, vpc } = await siteOf(desk);
  desk.say('2.4 before: it must fail');
  await desk.capture(account, instance, toS3, 'aws s3 ls --cli-connect-timeout 5');
  desk.say('2.5 create the endpoint');
  const endpoint = await create(desk, vpc, table);
  desk.say('2.6 the route is there, and cannot be removed by hand');
  await routes(desk, table);
  await desk.laptop(account, `aws ec2 describe-prefix-lists --filters Name=prefix-list-name,Values=${service}`);
  await desk.laptop(account, `aws ec2 delete-route --route-table-id ${table} --destination-prefix-list-id pl-78a54011`);
  desk.say('2.7 after: it works, and the destination is public');
  await desk.capture(account, instance, toS3, 'aws s3 ls');
  await desk.instance(account, instance, `aws s3 ls s3://${bucket}`);
  await desk.instance(account, instance, `aws s3 cp s3://${bucket}/readme.txt /tmp/readme.txt && cat /tmp/readme.txt`);
  desk.say('2.9 clean up: the route goes with the endpoint');
  await desk.laptop(account, `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${endpoint}`);
  await routes(desk, table);
}

async function wrongTable(desk: LabDesk): Promise<void> {
  const { vpc } = await siteOf(desk);
  desk.say('the main table is ticked, not the one of the private subnet');
  const main = await desk.value(
    account,
    `aws ec2 describe-route-tables --filters Name=vpc-id,Values=${vpc} Name=association.main,Values=true --query "RouteTables[0].RouteTableId" --output text`,
  );
  const endpoint = await create(desk, vpc, main);
  await desk.laptop(
    account,
    `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids ${endpoint} --query "VpcEndpoints[0].State"`,
  );
  await desk.capture(account, instance, toS3, 'aws s3 ls --cli-connect-timeout 5');
}

async function secondEndpoint(desk: LabDesk): Promise<void> {
  const { vpc, table } = await siteOf(desk);
  await create(desk, vpc, table);
  desk.say('a second endpoint on the same table');
  await create(desk, vpc, table);
}

async function otherRegion(desk: LabDesk): Promise<void> {
  const { vpc, table } = await siteOf(desk);
  await create(desk, vpc, table);
  desk.say("another Region's S3 is not in the list");
  await desk.instance(account, instance, 'aws s3 ls --region us-east-1 --cli-connect-timeout 5');
}

async function endpointPolicy(desk: LabDesk): Promise<void> {
  const { bucket, vpc, table } = await siteOf(desk);
  desk.say('a policy that allows listing buckets only');
  const policy = `'{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:ListAllMyBuckets","Resource":"*"}]}'`;
  await create(desk, vpc, table, ` --policy-document ${policy}`);
  await desk.instance(account, instance, 'aws s3 ls | head -1');
  await desk.instance(account, instance, `aws s3 ls s3://${bucket}`);
}

export const gwS3: readonly LabScript[] = [
  { name: 'right path', type: rightPath },
  { name: 'wrong table', type: wrongTable },
  { name: 'second endpoint', type: secondEndpoint },
  { name: 'other region', type: otherRegion },
  { name: 'endpoint policy', type: endpointPolicy },
];
