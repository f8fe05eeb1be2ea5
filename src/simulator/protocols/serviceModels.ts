import * as ec2 from '@aws-sdk/client-ec2';
import * as instanceConnect from '@aws-sdk/client-ec2-instance-connect';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { NormalizedSchema, type TypeRegistry } from '@smithy/core/schema';
import type { OperationSchema } from '@smithy/types';
import type { WireRequest } from '../../core/ports/wire';
import { kebabName } from './kebabName';

export type Protocol = 'ec2Query' | 'awsQuery' | 'awsJson1_1' | 'restXml';

/** One operation of a service, with the shapes that its request and its answer have on the wire. */
export interface OperationModel {
  readonly service: ServiceModel;
  /** As in `Action`: `DescribeVpcs`. */
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  readonly schema: OperationSchema;
}

export interface ServiceModel {
  /** As the AWS CLI calls it: `ec2`, `elbv2`. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly version: string;
  readonly xmlNamespace: string;
  /** Namespace of the service's shapes: `com.amazonaws.ec2`. */
  readonly shapeNamespace: string;
  /** Before the dot in `X-Amz-Target`; also what JSON clients are told. */
  readonly targetPrefix: string;
  /** Service part of a credential scope. */
  readonly signingName: string;
  readonly errorRegistries: readonly TypeRegistry[];
  /** By name in kebab case, as the AWS CLI spells it. */
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** By name on the wire. */
  readonly actions: ReadonlyMap<string, OperationModel>;
  hostOf(region: string): string;
}

type Description = Omit<ServiceModel, 'operations' | 'actions' | 'shapeNamespace'>;

/** `[9, namespace, name, traits, input, output]`, as the SDK's generated schemas spell an operation. */
type StaticOperation = readonly [
  9,
  string,
  string,
  OperationSchema['traits'],
  OperationSchema['input'],
  OperationSchema['output'],
];

function isOperation(value: unknown): value is StaticOperation {
  return Array.isArray(value) && value[0] === 9 && value.length >= 6;
}

function describeService(exported: object, description: Description): ServiceModel {
  const operations = new Map<string, OperationModel>();
  const actions = new Map<string, OperationModel>();
  const schemas = Object.values(exported).filter(isOperation);
  const service = { ...description, shapeNamespace: schemas[0]?.[1] ?? '', operations, actions };
  for (const [, namespace, name, traits, input, output] of schemas) {
    const operation: OperationModel = {
      service,
      name,
      input: NormalizedSchema.of(input),
      output: NormalizedSchema.of(output),
      schema: { namespace, name, traits, input, output },
    };
    operations.set(kebabName(name), operation);
    actions.set(name, operation);
  }
  return service;
}

/** Every service that the practice cloud answers for. */
export const serviceModels: readonly ServiceModel[] = [
  describeService(ec2, {
    name: 'ec2',
    protocol: 'ec2Query',
    version: '2016-11-15',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    targetPrefix: 'AmazonEC2',
    signingName: 'ec2',
    errorRegistries: ec2.errorTypeRegistries,
    hostOf: region => `ec2.${region}.amazonaws.com`,
  }),
  describeService(sts, {
    name: 'sts',
    protocol: 'awsQuery',
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    targetPrefix: 'AWSSecurityTokenServiceV20110615',
    signingName: 'sts',
    errorRegistries: sts.errorTypeRegistries,
    hostOf: region => `sts.${region}.amazonaws.com`,
  }),
  describeService(iam, {
    name: 'iam',
    protocol: 'awsQuery',
    version: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    targetPrefix: 'AWSIdentityManagementV20100508',
    signingName: 'iam',
    errorRegistries: iam.errorTypeRegistries,
    hostOf: () => 'iam.amazonaws.com',
  }),
  describeService(elbv2, {
    name: 'elbv2',
    protocol: 'awsQuery',
    version: '2015-12-01',
    xmlNamespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
    targetPrefix: 'ElasticLoadBalancing_v10',
    signingName: 'elasticloadbalancing',
    errorRegistries: elbv2.errorTypeRegistries,
    hostOf: region => `elasticloadbalancing.${region}.amazonaws.com`,
  }),
  describeService(ssm, {
    name: 'ssm',
    protocol: 'awsJson1_1',
    version: '2014-11-06',
    xmlNamespace: 'http://ssm.amazonaws.com/doc/2014-11-06/',
    targetPrefix: 'AmazonSSM',
    signingName: 'ssm',
    errorRegistries: ssm.errorTypeRegistries,
    hostOf: region => `ssm.${region}.amazonaws.com`,
  }),
  describeService(kms, {
    name: 'kms',
    protocol: 'awsJson1_1',
    version: '2014-11-01',
    xmlNamespace: 'https://trent.amazonaws.com/doc/2014-11-01/',
    targetPrefix: 'TrentService',
    signingName: 'kms',
    errorRegistries: kms.errorTypeRegistries,
    hostOf: region => `kms.${region}.amazonaws.com`,
  }),
  describeService(instanceConnect, {
    name: 'ec2-instance-connect',
    protocol: 'awsJson1_1',
    version: '2018-04-02',
    xmlNamespace: 'http://ec2-instance-connect.amazonaws.com/doc/2018-04-02/',
    targetPrefix: 'AWSEC2InstanceConnectService',
    signingName: 'ec2-instance-connect',
    errorRegistries: instanceConnect.errorTypeRegistries,
    hostOf: region => `ec2-instance-connect.${region}.amazonaws.com`,
  }),
  describeService(s3, {
    name: 's3',
    protocol: 'restXml',
    version: '2006-03-01',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    targetPrefix: 'AmazonS3',
    signingName: 's3',
    errorRegistries: s3.errorTypeRegistries,
    hostOf: region => (region === 'aws-global' ? 's3.amazonaws.com' : `s3.${region}.amazonaws.com`),
  }),
];

const byName = new Map(serviceModels.map(service => [service.name, service]));
const bySigningName = new Map(serviceModels.map(service => [service.signingName, service]));

/** By the name that the AWS CLI uses. */
export function findService(name: string): ServiceModel | undefined {
  return byName.get(name);
}

/** By the service part of a credential scope. */
export function findServiceBySigningName(signingName: string): ServiceModel | undefined {
  return bySigningName.get(signingName);
}

/** The service that an unsigned or strangely signed request is most likely meant for, to be refused in its own form. */
export function guessService(request: WireRequest): ServiceModel {
  const prefix = request.headers['x-amz-target']?.split('.')[0];
  const label = request.host.split('.')[0] ?? '';
  const found = serviceModels.find(({ targetPrefix }) => targetPrefix === prefix) ?? bySigningName.get(label);
  return (
    found ??
    serviceOfVersion(request.body) ??
    (looksLikeRest(request) ? byName.get('s3') : undefined) ??
    (serviceModels[0] as ServiceModel)
  );
}

/** Services of actions are always asked with POST or GET at the root; REST has its own hosts, methods and paths. */
function looksLikeRest({ host, method, path, query }: WireRequest): boolean {
  const isRestHost = /(?:^|\.)s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com(?::\d+)?$/i.test(host);
  return isRestHost || path !== '/' || !['GET', 'POST'].includes(method) || query.includes('X-Amz-Signature=');
}

/** As far into a body as a guess looks. */
const formBytes = 64 * 1024;

function serviceOfVersion(body: Uint8Array): ServiceModel | undefined {
  const form = new TextDecoder().decode(body.subarray(0, formBytes));
  const version = /(?:^|&)Version=([\d-]+)/.exec(form)?.[1];
  return serviceModels.find(service => service.version === version);
}
