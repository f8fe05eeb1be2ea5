import type { InstanceId } from '../../core/ids';
import { type AskedCall, type NeededPermission, tagFacts, textOf } from './neededPermission';

/** What a call of EC2 Instance Connect asks for ("Actions, resources, and condition keys for Amazon EC2 Instance Connect"). */
export function instanceConnectPermissions({ operation, input, context }: AskedCall): readonly NeededPermission[] {
  const { place, instances } = context.region;
  const id = textOf(input, 'InstanceId') ?? '';
  const tags = instances.get(id as InstanceId)?.tags ?? {};
  const userName = textOf(input, 'InstanceOSUser');
  return [
    {
      action: `ec2-instance-connect:${operation.name}`,
      resource: `arn:aws:ec2:${place.region}:${place.accountId}:instance/${id}`,
      facts: {
        ...tagFacts('aws:resourcetag', tags),
        ...tagFacts('ec2:resourcetag', tags),
        ...(userName === undefined ? {} : { 'ec2:osuser': userName }),
      },
    },
  ];
}
