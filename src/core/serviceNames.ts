/** Names of AWS services and of the endpoints made for them ("AWS PrivateLink Guide: AWS services that integrate with AWS PrivateLink"). */
import { chinaServices } from './chinaServiceNames';
import { partitionOf, serviceHost } from './partition';

/**
 * `com.amazonaws.ap-south-1.ec2`, or `cn.com.amazonaws.cn-north-1.ec2` for some services in China; a service of several labels keeps their
 * order, as in `ecr.api`.
 */
export function awsServiceName(region: string, service: string): string {
  const isChinese = partitionOf(region).id === 'aws-cn' && chinaServices.has(service);
  return `${isChinese ? 'cn.' : ''}com.amazonaws.${region}.${service}`;
}

/** The part behind the region, such as `ec2` or `ecr.api`; undefined for services that are not AWS's own. */
export function awsServiceOf(serviceName: string): { readonly region: string; readonly service: string } | undefined {
  const [, region, service] = /^(?:cn\.)?com\.amazonaws\.([a-z]{2}(?:-[a-z]+)+-\d+)\.(.+)$/.exec(serviceName) ?? [];
  return region && service ? { region, service } : undefined;
}

/** `com.amazonaws.vpce.ap-south-1.vpce-svc-…`: the name of an endpoint service of somebody's own; `cn.com.…` in China. */
export function ownServiceName(region: string, serviceId: string): string {
  return `${partitionOf(region).id === 'aws-cn' ? 'cn.' : ''}com.amazonaws.vpce.${region}.${serviceId}`;
}

/** Region and `vpce-svc-…` of an endpoint service of somebody's own; undefined for AWS's services. */
export function ownServiceOf(serviceName: string): { readonly region: string; readonly serviceId: string } | undefined {
  const [, region, serviceId] =
    /^(?:cn\.)?com\.amazonaws\.vpce\.([a-z]{2}(?:-[a-z]+)+-\d+)\.(vpce-svc-[0-9a-f]+)$/.exec(serviceName) ?? [];
  return region && serviceId ? { region, serviceId } : undefined;
}

/** The region of a service, AWS's or somebody's own, as its name says. */
export function serviceRegionOf(serviceName: string): string | undefined {
  return (ownServiceOf(serviceName) ?? awsServiceOf(serviceName))?.region;
}

/** What people call a service: `ec2` for `com.amazonaws.ap-south-1.ec2`, the whole id for a service of one's own. */
export function serviceLabel(serviceName: string): string {
  const [, label] = /^(?:[a-z]+\.)+?amazonaws\.(?:vpce\.)?[a-z0-9-]+\.(.+)$/.exec(serviceName) ?? [];
  return label ?? serviceName;
}

/** First labels of the names that private DNS takes over, where they are not the service's labels in reverse order. */
const specialNames: Readonly<Record<string, readonly string[]>> = {
  s3: ['s3', '*.s3', 's3-control', '*.s3-control', 's3-accesspoint', '*.s3-accesspoint'],
  dynamodb: [],
  'ecr.dkr': ['*.dkr.ecr'],
  'execute-api': ['*.execute-api'],
  'kinesis-streams': ['kinesis'],
  'kinesis-firehose': ['firehose'],
};

const specialServices = Object.keys(specialNames);

/**
 * Names that private DNS of an AWS service's endpoint takes over, such as `ec2.ap-south-1.amazonaws.com`; empty when there are none, or
 * when the service is somebody's own (its name is then known from the service itself).
 */
export function privateNamesOfService(serviceName: string): readonly string[] {
  const parts = awsServiceOf(serviceName);
  if (!parts) return [];
  const names = specialNames[parts.service] ?? [parts.service.split('.').reverse().join('.')];
  return names.map(name => serviceHost(parts.region, name));
}

/**
 * The AWS service behind a public name such as `ec2.ap-south-1.amazonaws.com`, as the service name of its endpoints; undefined for names of
 * another form. Names of several labels read backwards, as {@link privateNamesOfService} writes them.
 */
export function serviceOfPublicName(name: string): string | undefined {
  const [, labels, region, suffix] =
    /^((?:[a-z0-9-]+\.)+)([a-z]{2}(?:-[a-z]+)+-\d+)\.(amazonaws\.com(?:\.cn)?)$/.exec(name) ?? [];
  if (!labels || !region || suffix !== partitionOf(region).dnsSuffix) return undefined;
  const under = specialServices.find(service =>
    privateNamesOfService(awsServiceName(region, service)).some(pattern => matchesName(pattern, name)),
  );
  return awsServiceName(region, under ?? labels.slice(0, -1).split('.').reverse().join('.'));
}

/** Whether a DNS name is, or lies under, a pattern: exact, or `*.domain` for one label or more before it. Case does not matter. */
export function matchesName(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = name.toLowerCase();
  return wanted.startsWith('*.') ? given.endsWith(wanted.slice(1)) && given.length >= wanted.length : given === wanted;
}

/** Amazon S3 alone has an option that keeps private DNS from the VPC itself, and AWS takes it as on. */
export function isS3(serviceName: string): boolean {
  return awsServiceOf(serviceName)?.service === 's3';
}
