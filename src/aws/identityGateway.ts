import { accountId } from '../core/ids';
import type { CallOptions } from '../core/ports/calls';
import type { Identity, IdentityGateway } from '../core/ports/identityGateway';
import { required, requiredText } from './mapping/fields';
import type { Services } from './services/connect';

/** Who signs. Keys do not change hands, so the answer is kept; a failure is asked again. */
export class AwsIdentityGateway implements IdentityGateway {
  readonly #sts: Services['sts'];
  #identity: Identity | undefined;

  constructor(sts: Services['sts']) {
    this.#sts = sts;
  }

  async whoAmI(options: CallOptions = {}): Promise<Identity> {
    this.#identity ??= await this.#ask(options);
    return this.#identity;
  }

  #ask(options: CallOptions): Promise<Identity> {
    return this.#sts.call(
      'sts:GetCallerIdentity',
      async (client, api, http) => {
        const answer = await client.send(new api.GetCallerIdentityCommand({}), http);
        return { accountId: required('Account', answer.Account, accountId), arn: requiredText('Arn', answer.Arn) };
      },
      options,
    );
  }
}
