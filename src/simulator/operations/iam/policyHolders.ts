import { type Account, managedPolicyName, type PolicyHolder } from '../../world/account';
import type { CallContext, OperationTable } from '../operation';
import { checkName, limitExceeded, noSuchEntity } from './iamFaults';
import { iamPage } from './iamPaging';
import { checkedIdentityPolicy } from './identityPolicy';

/** What the calls about policies of roles and of users have in common; either kind has members of its own for the name. */
interface HolderRequest {
  readonly RoleName?: string | undefined;
  readonly UserName?: string | undefined;
  readonly PolicyName?: string | undefined;
  readonly PolicyArn?: string | undefined;
  readonly PolicyDocument?: string | undefined;
  readonly PathPrefix?: string | undefined;
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface HolderKind<Holder extends PolicyHolder> {
  readonly name: 'Role' | 'User';
  /** Of all inline policies together, in characters without white space ("IAM and AWS STS quotas"). */
  readonly inlineSize: number;
  /** Throws NoSuchEntity. */
  find(request: HolderRequest, context: CallContext): Holder;
  store(holder: Holder, context: CallContext): void;
}

const maximumPolicies = 10;
const longestPolicyName = 128;

/** The calls about attached and inline policies of one kind of holder. */
export function policyHolderOperations<Holder extends PolicyHolder & { readonly name: string }>(
  kind: HolderKind<Holder>,
): OperationTable {
  return { ...attachmentOperations(kind), ...inlineOperations(kind) };
}

function attachmentOperations<Holder extends PolicyHolder>(kind: HolderKind<Holder>): OperationTable {
  const { name } = kind;
  return {
    [`Attach${name}Policy`]: (request: HolderRequest, context: CallContext) => {
      const holder = kind.find(request, context);
      const { PolicyArn = '' } = request;
      if (managedPolicyName(context.account, PolicyArn) === undefined)
        throw noSuchEntity(`Policy ${PolicyArn} does not exist or is not attachable.`);
      const policyArns = [...new Set([...holder.policyArns, PolicyArn])];
      if (policyArns.length > maximumPolicies) throw limitExceeded(`PoliciesPer${name}`, maximumPolicies);
      kind.store({ ...holder, policyArns }, context);
      return {};
    },
    [`Detach${name}Policy`]: (request: HolderRequest, context: CallContext) => {
      const holder = kind.find(request, context);
      const { PolicyArn = '' } = request;
      if (!holder.policyArns.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
      kind.store({ ...holder, policyArns: holder.policyArns.filter(arn => arn !== PolicyArn) }, context);
      return {};
    },
    [`ListAttached${name}Policies`]: (request: HolderRequest, context: CallContext) => {
      const holder = kind.find(request, context);
      const under = holder.policyArns.filter(arn => policyPath(arn).startsWith(request.PathPrefix ?? '/'));
      const page = iamPage(under, request, arn => arn);
      return { AttachedPolicies: page.items.map(arn => attachedShape(context.account, arn)), ...page.ending };
    },
  };
}

function policyPath(arn: string): string {
  return arn.replace(/^[^/]*/, '').replace(/[^/]*$/, '');
}

function attachedShape(account: Account, arn: string): { PolicyArn: string; PolicyName: string } {
  return { PolicyArn: arn, PolicyName: managedPolicyName(account, arn) ?? arn };
}

function inlineOperations<Holder extends PolicyHolder & { readonly name: string }>(
  kind: HolderKind<Holder>,
): OperationTable {
  const { name } = kind;
  const lower = name.toLowerCase();
  const textOf = (holder: Holder, policy: string) => {
    if (!Object.hasOwn(holder.inlinePolicies, policy))
      throw noSuchEntity(`The ${lower} policy with name ${policy} cannot be found.`);
    return holder.inlinePolicies[policy] ?? '';
  };
  return {
    [`Put${name}Policy`]: (request: HolderRequest, context: CallContext) => {
      const holder = kind.find(request, context);
      const { PolicyName = '', PolicyDocument } = request;
      checkName('policyName', PolicyName, longestPolicyName);
      const text = checkedIdentityPolicy(PolicyDocument);
      const inlinePolicies = { ...holder.inlinePolicies, [PolicyName]: text };
      if (Object.values(inlinePolicies).join('').replace(/\s/g, '').length > kind.inlineSize)
        throw limitExceeded(`InlinePolicySizePer${name}`, kind.inlineSize);
      kind.store({ ...holder, inlinePolicies }, context);
      return {};
    },
    [`Get${name}Policy`]: (request: HolderRequest, context: CallContext) => {
      const holder = kind.find(request, context);
      const { PolicyName = '' } = request;
      const PolicyDocument = encodeURIComponent(textOf(holder, PolicyName));
      return { [`${name}Name`]: holder.name, PolicyName, PolicyDocument };
    },
    [`Delete${name}Policy`]: (request: HolderRequest, context: CallContext) => {
      const holder = kind.find(request, context);
      const { PolicyName = '' } = request;
      textOf(holder, PolicyName);
      const left = Object.entries(holder.inlinePolicies).filter(([other]) => other !== PolicyName);
      kind.store({ ...holder, inlinePolicies: Object.fromEntries(left) }, context);
      return {};
    },
    [`List${name}Policies`]: (request: HolderRequest, context: CallContext) => {
      const names = Object.keys(kind.find(request, context).inlinePolicies).sort();
      const page = iamPage(names, request, policy => policy);
      return { PolicyNames: [...page.items], ...page.ending };
    },
  };
}
