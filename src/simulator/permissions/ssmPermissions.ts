import type { InstanceId } from '../../core/ids';
import {
  type AskedCall,
  type InputMembers,
  membersOf,
  type NeededPermission,
  tagFacts,
  textOf,
} from './neededPermission';

/** What a call of Systems Manager asks for ("Actions, resources, and condition keys for AWS Systems Manager"). */
export function ssmPermissions(call: AskedCall): readonly NeededPermission[] {
  const { operation, context } = call;
  const action = `ssm:${operation.name}`;
  const found = resourcesOf(call);
  const { region, accountId } = context.region.place;
  const asked = found.length > 0 ? found : [{ resource: `arn:aws:ssm:${region}:${accountId}:*` }];
  return asked.map(resource => ({ action, ...resource }));
}

type Resource = Omit<NeededPermission, 'action'>;

function resourcesOf(call: AskedCall): readonly Resource[] {
  const { name } = call.operation;
  const input = membersOf(call.input);
  if (name === 'StartSession') return [...instances(call, [input.Target]), ...documents(call, input.DocumentName)];
  if (name === 'SendCommand')
    return [...instances(call, list(input.InstanceIds)), ...documents(call, input.DocumentName)];
  if (name === 'GetConnectionStatus') return instances(call, [input.Target]);
  if (/^(?:Terminate|Resume)Session$/.test(name)) return [inPlace(call, `session/${textOf(input, 'SessionId') ?? ''}`)];
  if (/Parameter(?:s|History|sByPath)?$/.test(name) && !name.startsWith('Describe')) return parameters(call, input);
  if (/^(?:Create|Delete|Describe|Get|Update)Document/.test(name)) return documents(call, input.Name);
  return [];
}

function inPlace({ context }: AskedCall, resource: string): Resource {
  const { region, accountId } = context.region.place;
  return { resource: `arn:aws:ssm:${region}:${accountId}:${resource}` };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function instances({ context }: AskedCall, ids: readonly unknown[]): readonly Resource[] {
  const { place, instances: known } = context.region;
  return ids
    .filter(id => typeof id === 'string')
    .map(id => ({
      resource: `arn:aws:ec2:${place.region}:${place.accountId}:instance/${id}`,
      facts: {
        ...tagFacts('aws:resourcetag', known.get(id as InstanceId)?.tags ?? {}),
        ...tagFacts('ssm:resourcetag', known.get(id as InstanceId)?.tags ?? {}),
      },
    }));
}

/** Documents of AWS belong to no account. A session without a document asks for none. */
function documents(call: AskedCall, name: unknown): readonly Resource[] {
  if (typeof name !== 'string') return [];
  if (name.startsWith('arn:')) return [{ resource: name }];
  const { region, accountId } = call.context.region.place;
  const owner = /^(?:AWS|Amazon)[A-Z]?.*-/.test(name) ? '' : accountId;
  return [{ resource: `arn:aws:ssm:${region}:${owner}:document/${name}` }];
}

function parameters(call: AskedCall, input: InputMembers): readonly Resource[] {
  const names = [input.Name, input.Path, ...list(input.Names)].filter(name => typeof name === 'string');
  const { region, accountId } = call.context.region.place;
  return names.map(name => {
    if (name.startsWith('arn:')) return { resource: name };
    const owner = name.startsWith('/aws/') ? '' : accountId;
    const tags = call.context.region.parameters.get(name)?.tags ?? {};
    const resource = `arn:aws:ssm:${region}:${owner}:parameter/${name.replace(/^\//, '').replace(/:\d+$/, '')}`;
    return { resource, facts: tagFacts('aws:resourcetag', tags) };
  });
}
