import { ec2Permissions } from './ec2Permissions';
import { iamPermissions } from './iamPermissions';
import { instanceConnectPermissions } from './instanceConnectPermissions';
import { type AskedCall, type NeededPermission, textOf, textsIn } from './neededPermission';
import { ssmPermissions } from './ssmPermissions';

/** By signing name; services without a rule ask for one action on the ARNs of their own that the input holds. */
const rules: Readonly<Record<string, (call: AskedCall) => readonly NeededPermission[]>> = {
  ec2: ec2Permissions,
  'ec2-instance-connect': instanceConnectPermissions,
  elasticloadbalancing: loadBalancingPermissions,
  iam: iamPermissions,
  kms: kmsPermissions,
  ssm: ssmPermissions,
};

/** Everything that a call needs to be allowed, the call itself first. */
export function neededPermissions(call: AskedCall): readonly NeededPermission[] {
  const { signingName } = call.operation.service;
  const rule = Object.hasOwn(rules, signingName) ? rules[signingName] : undefined;
  return (rule ?? namedArns)(call);
}

function namedArns({ operation, input }: AskedCall): readonly NeededPermission[] {
  const { signingName } = operation.service;
  const action = `${signingName}:${operation.name}`;
  const start = `arn:aws:${signingName === 'sts' ? 'iam' : signingName}:`;
  const arns = [...new Set(textsIn(input).filter(text => text.startsWith(start)))];
  return arns.length > 0 ? arns.map(resource => ({ action, resource })) : [{ action, resource: '*' }];
}

/** What is to be made has an ARN but for its end. Reading knows no resources. */
function loadBalancingPermissions(call: AskedCall): readonly NeededPermission[] {
  const { operation, input, context } = call;
  const { region, accountId } = context.region.place;
  const action = `elasticloadbalancing:${operation.name}`;
  if (operation.name.startsWith('Describe')) return [{ action, resource: '*' }];
  const made = { CreateLoadBalancer: 'loadbalancer/net', CreateTargetGroup: 'targetgroup' }[operation.name];
  const name = textOf(input, 'Name');
  if (made === undefined || name === undefined) return namedArns(call);
  return [{ action, resource: `arn:aws:elasticloadbalancing:${region}:${accountId}:${made}/${name}/*` }];
}

/** Keys by id, alias or ARN; an alias stands for its key ("Key policies in AWS KMS"). */
function kmsPermissions({ operation, input, context }: AskedCall): readonly NeededPermission[] {
  const action = `kms:${operation.name}`;
  const { region, accountId } = context.region.place;
  const arn = (resource: string) => `arn:aws:kms:${region}:${accountId}:${resource}`;
  const given = textOf(input, 'KeyId') ?? textOf(input, 'TargetKeyId');
  const alias = textOf(input, 'AliasName');
  const local = given?.replace(/^arn:aws:kms:[^:]*:[^:]*:(?:key\/)?/, '');
  const keyId = local?.startsWith('alias/') ? context.region.kmsAliases.get(local)?.keyId : local;
  const keys = keyId === undefined ? [] : [arn(`key/${keyId}`)];
  const resources = [...(alias === undefined ? [] : [arn(alias)]), ...keys];
  return (resources.length > 0 ? resources : ['*']).map(resource => ({ action, resource }));
}
