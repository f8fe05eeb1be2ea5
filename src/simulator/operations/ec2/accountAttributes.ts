import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { CallContext, OperationTable } from '../operation';

/** "DescribeAccountAttributes". */
const attributes: Readonly<Record<string, (region: PlaceState) => readonly string[]>> = {
  'supported-platforms': () => ['VPC'],
  'default-vpc': region => [[...region.vpcs.values()].find(({ isDefault }) => isDefault)?.id ?? 'none'],
  'max-instances': () => ['20'],
  'vpc-max-security-groups-per-interface': () => ['5'],
  'max-elastic-ips': () => ['5'],
  'vpc-max-elastic-ips': () => ['5'],
};

function describe(
  input: Ec2.DescribeAccountAttributesRequest,
  { region }: CallContext,
): Ec2.DescribeAccountAttributesResult {
  const names: readonly string[] = input.AttributeNames?.length ? input.AttributeNames : Object.keys(attributes);
  return {
    AccountAttributes: names.map(AttributeName => {
      const read = Object.hasOwn(attributes, AttributeName) ? attributes[AttributeName] : undefined;
      if (!read) throw new ServiceFault('InvalidParameterValue', `Invalid value '${AttributeName}' for AttributeName.`);
      return { AttributeName, AttributeValues: read(region).map(AttributeValue => ({ AttributeValue })) };
    }),
  };
}

export const accountAttributeOperations: OperationTable = { DescribeAccountAttributes: describe };
