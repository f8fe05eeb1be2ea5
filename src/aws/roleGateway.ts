import { LabError } from '../core/errors';
import type { CallOptions } from '../core/ports/calls';
import type {
  CreateInstanceRoleInput,
  InlinePolicy,
  InstanceProfile,
  InstanceRole,
  ProfileRole,
  RoleGateway,
} from '../core/ports/roleGateway';
import { requiredText } from './mapping/fields';
import { nothingWhen } from './nothingWhen';
import { allPages } from './paging';
import type { Services } from './services/connect';
import { tagList } from './tagSpecification';

/** IAM has many small calls for one thing: a role that an instance can wear. Role and profile have the same name, as the console does it. */
export class AwsRoleGateway implements RoleGateway {
  readonly #iam: Services['iam'];

  constructor(iam: Services['iam']) {
    this.#iam = iam;
  }

  listInstanceProfiles(options: CallOptions = {}): Promise<readonly InstanceProfile[]> {
    const action = 'iam:ListInstanceProfiles';
    return allPages(action, Marker =>
      this.#iam.call(
        action,
        async (client, api, http) => {
          const answer = await client.send(new api.ListInstanceProfilesCommand({ Marker }), http);
          const items = answer.InstanceProfiles?.map(profile => ({
            name: requiredText('InstanceProfileName', profile.InstanceProfileName),
            arn: requiredText('Arn', profile.Arn),
            roleName: profile.Roles?.[0]?.RoleName,
          }));
          return { items, nextToken: answer.IsTruncated ? answer.Marker : undefined };
        },
        options,
      ),
    );
  }

  async hasRole(RoleName: string, options: CallOptions = {}): Promise<boolean> {
    const found = await nothingWhen('resourceNotFound', () =>
      this.#iam.call(
        'iam:GetRole',
        (client, api, http) => client.send(new api.GetRoleCommand({ RoleName }), http),
        options,
      ),
    );
    return found !== undefined;
  }

  async createInstanceRole(input: CreateInstanceRoleInput, options: CallOptions = {}): Promise<InstanceRole> {
    const { name } = input;
    await unless('EntityAlreadyExists', this.#createRole(input, options));
    for (const policyArn of input.policyArns) await this.#attach(name, policyArn, options);
    await unless('EntityAlreadyExists', this.#createProfile(input, options));
    await this.#fillProfile(name, options);
    return { roleName: name, instanceProfileName: name };
  }

  /** A profile holds one role; adding the same again, as when the answer was lost, is refused as one too many. */
  async #fillProfile(name: string, options: CallOptions): Promise<void> {
    const holds = async () => (await this.#findProfile(name, options))?.roleNames.includes(name);
    if (await holds()) return;
    try {
      await this.#addToProfile(name, options);
    } catch (error) {
      if (!(error instanceof LabError && error.code === 'limitExceeded' && (await holds()))) throw error;
    }
  }

  async listPoliciesOfProfile(instanceProfileArn: string, options: CallOptions = {}): Promise<ProfileRole | undefined> {
    const profile = await this.#findProfile(instanceProfileArn.split('/').at(-1) ?? '', options);
    const [roleName] = profile?.roleNames ?? [];
    if (!profile || roleName === undefined) return undefined;
    const policyArns = await nothingWhen('resourceNotFound', () => this.#listPolicies(roleName, options));
    if (!policyArns) return undefined;
    const inlinePolicies = await nothingWhen('accessDenied', () => this.#readInlinePolicies(roleName, options));
    return { roleName, trustPolicy: profile.trustPolicy, policyArns, inlinePolicies };
  }

  async deleteInstanceRole(name: string, options: CallOptions = {}): Promise<void> {
    await unless('NoSuchEntity', this.#removeFromProfile(name, options));
    await unless('NoSuchEntity', this.#deleteProfile(name, options));
    const policyArns = await nothingWhen('resourceNotFound', () => this.#listPolicies(name, options));
    for (const policyArn of policyArns ?? []) await unless('NoSuchEntity', this.#detach(name, policyArn, options));
    await unless('NoSuchEntity', this.#deleteRole(name, options));
  }

  #createRole(input: CreateInstanceRoleInput, options: CallOptions): Promise<unknown> {
    return this.#iam.call(
      'iam:CreateRole',
      (client, api, http) =>
        client.send(
          new api.CreateRoleCommand({
            RoleName: input.name,
            AssumeRolePolicyDocument: trustPolicy(input.trustedService),
            Tags: tagList(input.tags),
          }),
          http,
        ),
      options,
    );
  }

  #attach(RoleName: string, PolicyArn: string, options: CallOptions): Promise<unknown> {
    return this.#iam.call(
      'iam:AttachRolePolicy',
      (client, api, http) => client.send(new api.AttachRolePolicyCommand({ RoleName, PolicyArn }), http),
      options,
    );
  }

  #detach(RoleName: string, PolicyArn: string, options: CallOptions): Promise<unknown> {
    return this.#iam.call(
      'iam:DetachRolePolicy',
      (client, api, http) => client.send(new api.DetachRolePolicyCommand({ RoleName, PolicyArn }), http),
      options,
    );
  }

  #createProfile({ name, tags }: CreateInstanceRoleInput, options: CallOptions): Promise<unknown> {
    return this.#iam.call(
      'iam:CreateInstanceProfile',
      (client, api, http) =>
        client.send(new api.CreateInstanceProfileCommand({ InstanceProfileName: name, Tags: tagList(tags) }), http),
      options,
    );
  }

  #addToProfile(name: string, options: CallOptions): Promise<unknown> {
    return this.#iam.call(
      'iam:AddRoleToInstanceProfile',
      (client, api, http) =>
        client.send(new api.AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }), http),
      options,
    );
  }

  #removeFromProfile(name: string, options: CallOptions): Promise<unknown> {
    return this.#iam.call(
      'iam:RemoveRoleFromInstanceProfile',
      (client, api, http) =>
        client.send(new api.RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }), http),
      options,
    );
  }

  #deleteProfile(InstanceProfileName: string, options: CallOptions): Promise<unknown> {
    return this.#iam.call(
      'iam:DeleteInstanceProfile',
      (client, api, http) => client.send(new api.DeleteInstanceProfileCommand({ InstanceProfileName }), http),
      options,
    );
  }

  #deleteRole(RoleName: string, options: CallOptions): Promise<unknown> {
    return this.#iam.call(
      'iam:DeleteRole',
      (client, api, http) => client.send(new api.DeleteRoleCommand({ RoleName }), http),
      options,
    );
  }

  #findProfile(
    InstanceProfileName: string,
    options: CallOptions,
  ): Promise<{ readonly roleNames: readonly string[]; readonly trustPolicy: string } | undefined> {
    return nothingWhen('resourceNotFound', () =>
      this.#iam.call(
        'iam:GetInstanceProfile',
        async (client, api, http) => {
          const answer = await client.send(new api.GetInstanceProfileCommand({ InstanceProfileName }), http);
          const roles = answer.InstanceProfile?.Roles ?? [];
          return {
            roleNames: roles.flatMap(({ RoleName }) => RoleName ?? []),
            // IAM sends policies percent-encoded.
            trustPolicy: decodeURIComponent(roles[0]?.AssumeRolePolicyDocument ?? ''),
          };
        },
        options,
      ),
    );
  }

  async #readInlinePolicies(RoleName: string, options: CallOptions): Promise<readonly InlinePolicy[]> {
    const action = 'iam:ListRolePolicies';
    const names = await allPages(action, Marker =>
      this.#iam.call(
        action,
        async (client, api, http) => {
          const answer = await client.send(new api.ListRolePoliciesCommand({ RoleName, Marker }), http);
          return { items: answer.PolicyNames, nextToken: answer.IsTruncated ? answer.Marker : undefined };
        },
        options,
      ),
    );
    return Promise.all(names.map(name => this.#readInlinePolicy(RoleName, name, options)));
  }

  #readInlinePolicy(RoleName: string, PolicyName: string, options: CallOptions): Promise<InlinePolicy> {
    return this.#iam.call(
      'iam:GetRolePolicy',
      async (client, api, http) => {
        const { PolicyDocument = '' } = await client.send(new api.GetRolePolicyCommand({ RoleName, PolicyName }), http);
        return { name: PolicyName, document: decodeURIComponent(PolicyDocument) };
      },
      options,
    );
  }

  #listPolicies(RoleName: string, options: CallOptions): Promise<readonly string[]> {
    const action = 'iam:ListAttachedRolePolicies';
    return allPages(action, Marker =>
      this.#iam.call(
        action,
        async (client, api, http) => {
          const answer = await client.send(new api.ListAttachedRolePoliciesCommand({ RoleName, Marker }), http);
          return {
            items: answer.AttachedPolicies?.flatMap(({ PolicyArn }) => PolicyArn ?? []),
            nextToken: answer.IsTruncated ? answer.Marker : undefined,
          };
        },
        options,
      ),
    );
  }
}

function trustPolicy(service: string): string {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** Waits for a call and forgives the one refusal that says its work is done already. */
async function unless(cloudCode: string, called: Promise<unknown>): Promise<void> {
  try {
    await called;
  } catch (error) {
    // The modelled name and the wire code differ by this ending.
    const code = error instanceof LabError ? error.cloudCode?.replace(/Exception$/, '') : undefined;
    if (code !== cloudCode) throw error;
  }
}
