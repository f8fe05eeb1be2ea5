import type { LabDesk } from '../../support/labDesk';
import {
  account,
  admitHttps,
  describeEndpoint,
  instance,
  makeGroup,
  makeInterfaceEndpoint,
  quick,
  removeEndpoint,
  setDnsAttributes,
  showInterfaces,
  tableOf,
  toHttps,
  vpcOf,
} from './endpointLines';
import { forgetConnectEndpoint, logIn, makeConnectEndpoint, showConnectInterface } from './instanceConnectLines';
import type { LabScript } from './labScript';

const service = 'com.amazonaws.ap-south-1.s3';
const list = 'aws s3 ls --region ap-south-1';
const publicOnly = '--no-private-dns-enabled';

const bucketOf = (desk: LabDesk) =>
  desk.value(
    account,
    `aws s3api list-buckets --query "Buckets[?contains(Name, 'ap-south-1')].Name | [0]" --output text`,
  );

/** The first entry: `*.vpce-….s3.….vpce.amazonaws.com`. */
const starName = (desk: LabDesk, endpoint: string) => describeEndpoint(desk, endpoint, 'DnsEntries[0].DnsName');
const urlOf = (name: string) => `https://${name.replace('*', 'bucket')}`;

/** An S3 interface endpoint in a group that admits the private subnet. */
async function s3Endpoint(desk: LabDesk, options: string) {
  const vpc = await vpcOf(desk);
  const group = await makeGroup(desk, vpc, 's3-endpoint');
  await admitHttps(desk, group);
  const all = `--security-group-ids ${group} ${options}`;
  return { vpc, group, endpoint: await makeInterfaceEndpoint(desk, 's3', { vpc, options: all }) };
}

const gatewayEndpoint = async (desk: LabDesk, vpc: string) => {
  const table = await tableOf(desk);
  return desk.value(
    account,
    `aws ec2 create-vpc-endpoint --vpc-id ${vpc} --service-name ${service} --route-table-ids ${table} --query VpcEndpoint.VpcEndpointId --output text`,
  );
};

async function rightPath(desk: LabDesk): Promise<void> {
  const bucket = await bucketOf(desk);
  const lab = await vpcOf(desk);
  desk.say('5.1 both DNS attributes of the VPC');
  await setDnsAttributes(desk, lab);
  desk.say('5.3 and 5.4 an EC2 Instance Connect Endpoint, whose group lets SSH out to the instance, which lets it in');
  const connect = await makeConnectEndpoint(desk, lab, { outbound: true, inbound: true });
  desk.say('5.5 log in: the instance sees the address of the endpoint');
  await logIn(desk);
  await showConnectInterface(desk, connect);
  desk.say('5.6 and 5.7 an interface endpoint for S3, in a group that admits the private subnet');
  const { endpoint, group } = await s3Endpoint(desk, publicOnly);
  await describeEndpoint(desk, endpoint, '[State,VpcEndpointType,PrivateDnsEnabled]');
  await showInterfaces(desk, endpoint);
  desk.say('5.8 its names begin with a star, to be replaced by bucket, accesspoint or control');
  await describeEndpoint(desk, endpoint, 'DnsEntries[].[DnsName]');
  const url = urlOf(await starName(desk, endpoint));
  desk.say('5.9 use it: the destination is private');
  await desk.instance(account, instance, `dig +short ${url.slice(8)}`);
  await desk.capture(account, instance, toHttps, `${list} --endpoint-url ${url}`);
  await desk.instance(account, instance, `${list} s3://${bucket}/ --endpoint-url ${url}`);
  await desk.instance(
    account,
    instance,
    `aws s3 cp --quiet s3://${bucket}/readme.txt - --region ap-south-1 --endpoint-url ${url}`,
  );
  await desk.pass(1000);
  desk.say('5.10 without the URL: dropped, as nothing leads to the public addresses');
  await desk.capture(account, instance, toHttps, `${list} ${quick}`);
  desk.say('and public, once there is a gateway endpoint');
  const gateway = await gatewayEndpoint(desk, lab);
  await desk.capture(account, instance, toHttps, `${list} | wc -l`);
  desk.say('5.11 clean up: groups wait for both kinds of interface');
  await desk.laptop(account, `aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${gateway} --output text`);
  await removeEndpoint(desk, endpoint, group);
  await forgetConnectEndpoint(desk, connect);
}

async function privateDns(desk: LabDesk): Promise<void> {
  desk.say('5.6 private DNS without a gateway endpoint');
  const { vpc, group } = await s3Endpoint(desk, '--private-dns-enabled');
  desk.say('for everybody in the VPC, not only for inbound resolver endpoints');
  const options = `--security-group-ids ${group} --private-dns-enabled --dns-options PrivateDnsOnlyForInboundResolverEndpoint=false`;
  const endpoint = await makeInterfaceEndpoint(desk, 's3', { vpc, options });
  await describeEndpoint(desk, endpoint, 'DnsEntries[].[DnsName]');
  await showInterfaces(desk, endpoint);
  await desk.capture(account, instance, toHttps, `${list} | wc -l`);
  const bucket = await bucketOf(desk);
  await desk.instance(account, instance, `dig +short ${bucket}.s3.ap-south-1.amazonaws.com`);
  await desk.instance(account, instance, `${list} s3://${bucket}`);
}

async function inboundOnly(desk: LabDesk): Promise<void> {
  await gatewayEndpoint(desk, await vpcOf(desk));
  desk.say('5.6 private DNS beside a gateway endpoint: the VPC itself keeps the public addresses');
  const { endpoint } = await s3Endpoint(desk, '--private-dns-enabled');
  await describeEndpoint(desk, endpoint, '[State,DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint]');
  await desk.capture(account, instance, toHttps, `${list} | wc -l`);
}

async function noRule(desk: LabDesk): Promise<void> {
  const vpc = await vpcOf(desk);
  const group = await makeGroup(desk, vpc, 's3-endpoint');
  const options = `--security-group-ids ${group} ${publicOnly}`;
  const endpoint = await makeInterfaceEndpoint(desk, 's3', { vpc, options });
  await showInterfaces(desk, endpoint);
  const url = urlOf(await starName(desk, endpoint));
  desk.say("5.7 the endpoint's group admits nothing");
  await desk.capture(account, instance, toHttps, `${list} --endpoint-url ${url} ${quick}`);
  desk.say('5.9 the bucket goes into the path');
  await desk.instance(account, instance, `${list} s3://${await bucketOf(desk)} --endpoint-url ${url} ${quick}`);
}

async function starKept(desk: LabDesk): Promise<void> {
  const { endpoint } = await s3Endpoint(desk, publicOnly);
  const name = await starName(desk, endpoint);
  desk.say('5.8 the star is kept');
  await desk.instance(account, instance, `${list} --endpoint-url 'https://${name}'`);
  desk.say('https:// is forgotten');
  await desk.instance(account, instance, `${list} --endpoint-url ${urlOf(name).slice(8)}`);
}

async function noRights(desk: LabDesk): Promise<void> {
  const bucket = await bucketOf(desk);
  const { endpoint } = await s3Endpoint(desk, publicOnly);
  const url = urlOf(await starName(desk, endpoint));
  desk.say('5.2 a role without rights to S3: the network is fine');
  await desk.laptop(
    account,
    'aws iam detach-role-policy --role-name lab-instance --policy-arn arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
  );
  await desk.instance(account, instance, `${list} --endpoint-url ${url}`);
  await desk.instance(account, instance, `${list} s3://${bucket} --endpoint-url ${url}`);
}

export const ifaceS3Eic: readonly LabScript[] = [
  { name: 'right path', type: rightPath },
  { name: 'private dns', type: privateDns },
  { name: 'inbound only', type: inboundOnly },
  { name: 'no rule', type: noRule },
  { name: 'star kept', type: starKept },
  { name: 'no rights', type: noRights },
];
