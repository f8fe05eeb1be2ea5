import type { AllowedPrincipal, EndpointService } from '../../../core/endpointService';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { applyFilters } from '../common/filters';
import { pageOf } from '../common/paging';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';

const wireKinds = {
  all: 'All',
  service: 'Service',
  organizationUnit: 'OrganizationUnit',
  account: 'Account',
  user: 'User',
  role: 'Role',
} as const;

/**
 * What kind of principal an ARN names. Everybody, an account's root, a user or a role may be allowed ("ModifyVpcEndpointServicePermissions");
 * other kinds of ARNs are not supported, and text that is no ARN, or one with a path, names nobody.
 */
function kindOf(principal: string): AllowedPrincipal['kind'] {
  if (principal === '*') return 'all';
  const [, resource = ''] = /^arn:aws:iam::\d{12}:(.+)$/.exec(principal) ?? [];
  if (resource === 'root') return 'account';
  const [, kind] = /^(user|role)\/[\w+=,.@-]{1,64}$/.exec(resource) ?? [];
  if (kind === 'user' || kind === 'role') return kind;
  if (/^arn:aws:[a-z0-9-]+:[^:]*:\d{12}:/.test(principal) && !/^(?:user|role)\//.test(resource))
    throw new ServiceFault('UnknownPrincipalType.Unsupported', 'The principal type is not supported.');
  throw new ServiceFault(
    'InvalidTargetArn.Unknown',
    `The principal ARN '${principal}' is not valid or does not exist.`,
  );
}

function principalShape(service: EndpointService, { principal, kind, permissionId }: AllowedPrincipal) {
  return {
    PrincipalType: wireKinds[kind],
    Principal: principal,
    ServicePermissionId: permissionId,
    ServiceId: service.id,
  };
}

function addedPrincipals(
  region: PlaceState,
  { allowedPrincipals }: EndpointService,
  principals: readonly string[],
): readonly AllowedPrincipal[] {
  const kinds = [...new Set(principals)].map(principal => ({ principal, kind: kindOf(principal) }));
  return kinds
    .filter(({ principal }) => !allowedPrincipals.some(allowed => allowed.principal === principal))
    .map(added => ({ ...added, permissionId: region.newId('vpce-svc-perm') }));
}

/** Endpoints that are there keep their connection when a principal is removed. */
function modifyPermissions(
  input: Ec2.ModifyVpcEndpointServicePermissionsRequest,
  { region }: CallContext,
): Ec2.ModifyVpcEndpointServicePermissionsResult {
  const service = find('endpointService', region.endpointServices, input.ServiceId ?? '');
  const removed = input.RemoveAllowedPrincipals ?? [];
  const added = addedPrincipals(region, service, input.AddAllowedPrincipals ?? []);
  const allowedPrincipals = [...service.allowedPrincipals, ...added].filter(
    ({ principal }) => !removed.includes(principal),
  );
  region.endpointServices.set(service.id, { ...service, allowedPrincipals });
  return { AddedPrincipals: added.map(principal => principalShape(service, principal)), ReturnValue: true };
}

function describePermissions(
  input: Ec2.DescribeVpcEndpointServicePermissionsRequest,
  { region }: CallContext,
): Ec2.DescribeVpcEndpointServicePermissionsResult {
  const service = find('endpointService', region.endpointServices, input.ServiceId ?? '');
  const matching = applyFilters(service.allowedPrincipals, input.Filters, {
    principal: ({ principal }) => principal,
    'principal-type': ({ kind }) => wireKinds[kind],
  });
  const page = pageOf(matching, input, { least: 5, most: 1000 }, ({ permissionId }) => permissionId);
  return {
    AllowedPrincipals: page.items.map(principal => ({ ...principalShape(service, principal), Tags: [] })),
    ...optional({ NextToken: page.nextToken }),
  };
}

export const servicePermissionOperations: OperationTable = {
  ModifyVpcEndpointServicePermissions: modifyPermissions,
  DescribeVpcEndpointServicePermissions: describePermissions,
};
