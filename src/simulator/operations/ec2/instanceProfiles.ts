import type { InstanceId } from '../../../core/ids';
import type { Instance } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { InstanceProfile } from '../../world/account';
import { updateDetails } from '../../world/instanceLife';
import { applyFilters } from '../common/filters';
import { pageOf } from '../common/paging';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';
import { profileIds } from './instanceFilters';
import { detailsOf, profileShape } from './instanceShapes';

/** A profile by name or ARN as EC2 knows it: one made seconds ago is not there yet. */
export function usableProfile(
  { account, nowMs }: CallContext,
  wanted: Ec2.IamInstanceProfileSpecification,
): InstanceProfile {
  const { Arn, Name } = wanted;
  if (Arn !== undefined && Name !== undefined)
    throw new ServiceFault(
      'InvalidParameterCombination',
      "The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'",
    );
  const found = [...account.instanceProfiles.values()].find(
    profile => profile.visibleToEc2AtMs <= nowMs && (Arn === undefined ? profile.name === Name : profile.arn === Arn),
  );
  if (found) return found;
  const field = Arn === undefined ? 'name' : 'arn';
  const what = Arn === undefined ? 'name' : 'ARN';
  throw new ServiceFault(
    'InvalidParameterValue',
    `Value (${Arn ?? Name ?? ''}) for parameter iamInstanceProfile.${field} is invalid. Invalid IAM Instance Profile ${what}`,
  );
}

function associationShape(context: CallContext, instance: Instance): Ec2.IamInstanceProfileAssociation {
  const { region, account } = context;
  return {
    AssociationId: detailsOf(region, instance).profileAssociationId ?? '',
    InstanceId: instance.id,
    ...optional({ IamInstanceProfile: profileShape(instance.instanceProfileArn, profileIds(account)) }),
    State: 'associated',
  };
}

function describeAssociations(
  input: Ec2.DescribeIamInstanceProfileAssociationsRequest,
  context: CallContext,
): Ec2.DescribeIamInstanceProfileAssociationsResult {
  const all = associated(context);
  const byId = new Map(all.map(instance => [detailsOf(context.region, instance).profileAssociationId ?? '', instance]));
  const chosen = input.AssociationIds?.length
    ? input.AssociationIds.map(id => find('profileAssociation', byId, id))
    : all;
  const matching = applyFilters(chosen, input.Filters, { 'instance-id': ({ id }) => id, state: () => 'associated' });
  const page = pageOf(matching, input, { least: 5, most: 1000 }, ({ id }) => id);
  return {
    IamInstanceProfileAssociations: page.items.map(instance => associationShape(context, instance)),
    ...optional({ NextToken: page.nextToken }),
  };
}

function associated({ region }: CallContext): readonly Instance[] {
  return [...region.instances.values()].filter(
    instance => instance.state !== 'terminated' && detailsOf(region, instance).profileAssociationId !== undefined,
  );
}

function associate(
  input: Ec2.AssociateIamInstanceProfileRequest,
  context: CallContext,
): Ec2.AssociateIamInstanceProfileResult {
  const { region } = context;
  const instance = find('instance', region.instances, input.InstanceId ?? '');
  const profile = usableProfile(context, input.IamInstanceProfile ?? {});
  if (instance.state === 'terminated' || instance.state === 'shuttingDown')
    throw new ServiceFault(
      'IncorrectInstanceState',
      `The instance '${instance.id}' is not in a state to which a profile can be associated.`,
    );
  if (detailsOf(region, instance).profileAssociationId !== undefined)
    throw new ServiceFault('IncorrectState', `There is an existing association for instance ${instance.id}`);
  return { IamInstanceProfileAssociation: setProfile(context, instance, profile) };
}

function setProfile(
  context: CallContext,
  instance: Instance,
  profile: InstanceProfile,
): Ec2.IamInstanceProfileAssociation {
  const { region } = context;
  const changed = { ...instance, instanceProfileArn: profile.arn };
  region.instances.set(instance.id, changed);
  updateDetails(region, instance.id, { profileAssociationId: region.newId('iip-assoc') });
  return { ...associationShape(context, changed), State: 'associating' };
}

function associationOwner(context: CallContext, associationId: string): Instance {
  const byId = new Map(
    associated(context).map(instance => [detailsOf(context.region, instance).profileAssociationId ?? '', instance]),
  );
  return find('profileAssociation', byId, associationId);
}

function disassociate(
  input: Ec2.DisassociateIamInstanceProfileRequest,
  context: CallContext,
): Ec2.DisassociateIamInstanceProfileResult {
  const instance = associationOwner(context, input.AssociationId ?? '');
  const shape = associationShape(context, instance);
  context.region.instances.set(instance.id, { ...instance, instanceProfileArn: undefined });
  updateDetails(context.region, instance.id as InstanceId, { profileAssociationId: undefined });
  return { IamInstanceProfileAssociation: { ...shape, State: 'disassociating' } };
}

function replace(
  input: Ec2.ReplaceIamInstanceProfileAssociationRequest,
  context: CallContext,
): Ec2.ReplaceIamInstanceProfileAssociationResult {
  const instance = associationOwner(context, input.AssociationId ?? '');
  const profile = usableProfile(context, input.IamInstanceProfile ?? {});
  return { IamInstanceProfileAssociation: setProfile(context, instance, profile) };
}

export const instanceProfileOperations: OperationTable = {
  AssociateIamInstanceProfile: associate,
  DescribeIamInstanceProfileAssociations: describeAssociations,
  DisassociateIamInstanceProfile: disassociate,
  ReplaceIamInstanceProfileAssociation: replace,
};
