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
  toHttps,
  vpcOf,
} from './endpointLines';
import type { LabScript } from './labScript';

const serviceName = 'ec2.ap-south-1.amazonaws.com';
const call = 'aws ec2 describe-instances --region ap-south-1 --query "Reservations[].Instances[].PrivateIpAddress"';

/** The endpoint's regional name: the first entry. */
const regionalName = (desk: LabDesk, endpoint: string) => describeEndpoint(desk, endpoint, 'DnsEntries[0].DnsName');

/** An endpoint with private DNS in a group that admits the subnet. */
async function goodEndpoint(desk: LabDesk) {
  const vpc = await vpcOf(desk);
  const group = await makeGroup(desk, vpc, 'ec2-endpoint');
  await admitHttps(desk, group);
  const options = `--security-group-ids ${group} --private-dns-enabled`;
  return { endpoint: await makeInterfaceEndpoint(desk, 'ec2', { vpc, options }), group };
}

async function rightPath(desk: LabDesk): Promise<void> {
  desk.say('3.1 both DNS attributes of the VPC');
  const lab = await vpcOf(desk);
  await setDnsAttributes(desk, lab);
  await desk.laptop(account, `aws ec2 describe-vpc-attribute --vpc-id ${lab} --attribute enableDnsHostnames`);
  desk.say('3.3 before: it must fail');
  await desk.instance(account, instance, `dig +short ${serviceName}`);
  await desk.capture(account, instance, toHttps, `time ${call}`);
  desk.say('3.4 and 3.5 an endpoint in the private subnet only, in a group that admits the subnet');
  const { endpoint, group } = await goodEndpoint(desk);
  await describeEndpoint(desk, endpoint, '[State,ServiceName,PrivateDnsEnabled,SubnetIds[]]');
  await showInterfaces(desk, endpoint);
  desk.say("3.6 the endpoint's names");
  await describeEndpoint(desk, endpoint, 'DnsEntries[].[DnsName]');
  const name = await regionalName(desk, endpoint);
  desk.say("3.7 the call by the endpoint's name");
  await desk.instance(account, instance, `dig +short ${name}`);
  await desk.capture(account, instance, toHttps, `${call} --endpoint-url https://${name}`);
  desk.say('3.8 the call by the normal name works too, as private DNS is on');
  await desk.instance(account, instance, `dig +short ${serviceName}`);
  await desk.capture(account, instance, toHttps, call);
  desk.say('and no longer when it is off');
  await desk.laptop(account, `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpoint} --no-private-dns-enabled`);
  await desk.pass(70_000);
  await desk.instance(account, instance, `dig +short ${serviceName}`);
  await desk.capture(account, instance, toHttps, `${call} ${quick}`);
  await desk.instance(account, instance, `${call} --endpoint-url https://${name} --output text`);
  desk.say("the endpoint's name resolves anywhere, but only the VPC gets there");
  await desk.laptop(account, `dig +short ${name}`);
  await desk.laptop(account, `${call} --endpoint-url https://${name} ${quick}`);
  desk.say('3.9 clean up: the group waits for the interface');
  await removeEndpoint(desk, endpoint, group);
}

async function attributesOff(desk: LabDesk): Promise<void> {
  const vpc = await vpcOf(desk);
  desk.say('3.1 a VPC without DNS hostnames');
  await desk.laptop(account, `aws ec2 modify-vpc-attribute --vpc-id ${vpc} --no-enable-dns-hostnames`);
  await makeInterfaceEndpoint(desk, 'ec2', { vpc, options: '--private-dns-enabled' });
  desk.say('both attributes, one after the other');
  await setDnsAttributes(desk, vpc);
  await makeInterfaceEndpoint(desk, 'ec2', { vpc, options: '--private-dns-enabled' });
}

async function defaultGroup(desk: LabDesk): Promise<void> {
  const vpc = await vpcOf(desk);
  desk.say("3.4 no group named: the VPC's default group, which admits only its own members");
  const endpoint = await makeInterfaceEndpoint(desk, 'ec2', { vpc, options: '--private-dns-enabled' });
  await describeEndpoint(desk, endpoint, '[State,Groups[0].GroupName]');
  await showInterfaces(desk, endpoint);
  await desk.capture(account, instance, toHttps, `${call} ${quick}`);
}

async function noRule(desk: LabDesk): Promise<void> {
  const vpc = await vpcOf(desk);
  const group = await makeGroup(desk, vpc, 'ec2-endpoint');
  desk.say('3.5 the group admits nothing: dropped at the interface, as silent as a missing route');
  const options = `--security-group-ids ${group} --private-dns-enabled`;
  const endpoint = await makeInterfaceEndpoint(desk, 'ec2', { vpc, options });
  await showInterfaces(desk, endpoint);
  await desk.capture(account, instance, toHttps, `time ${call}`);
  desk.say('with the rule it works at once');
  await admitHttps(desk, group);
  await desk.instance(account, instance, call);
}

async function wrongUrl(desk: LabDesk): Promise<void> {
  const { endpoint } = await goodEndpoint(desk);
  const name = await regionalName(desk, endpoint);
  desk.say('3.7 without https://');
  await desk.instance(account, instance, `${call} --endpoint-url ${name}`);
  desk.say('a name that does not exist');
  await desk.instance(account, instance, `${call} --endpoint-url https://${name.replace('.vpce.', '.vpc.')}`);
  desk.say('http:// instead of https://: the group admits 443 only');
  await desk.instance(account, instance, `${call} --endpoint-url http://${name} ${quick}`);
  desk.say("the endpoint's address: no certificate names it");
  await desk.instance(account, instance, `${call} --endpoint-url https://$(dig +short ${name})`);
}

async function noRole(desk: LabDesk): Promise<void> {
  desk.say('3.2 an instance without a role');
  const association = await desk.value(
    account,
    'aws ec2 describe-iam-instance-profile-associations --query "IamInstanceProfileAssociations[0].AssociationId" --output text',
  );
  await desk.laptop(
    account,
    `aws ec2 disassociate-iam-instance-profile --association-id ${association} --query IamInstanceProfileAssociation.State --output text`,
  );
  await desk.pass(5000);
  await desk.instance(account, instance, call);
}

async function noRights(desk: LabDesk): Promise<void> {
  await goodEndpoint(desk);
  desk.say('3.2 a role without rights to EC2: the network is fine');
  await desk.laptop(
    account,
    'aws iam detach-role-policy --role-name lab-instance --policy-arn arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess',
  );
  await desk.instance(account, instance, call);
}

export const ifaceEc2Url: readonly LabScript[] = [
  { name: 'right path', type: rightPath },
  { name: 'attributes off', type: attributesOff },
  { name: 'default group', type: defaultGroup },
  { name: 'no rule', type: noRule },
  { name: 'wrong url', type: wrongUrl },
  { name: 'no role', type: noRole },
  { name: 'no rights', type: noRights },
];
