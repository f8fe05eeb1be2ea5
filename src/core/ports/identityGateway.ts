import type { AccountId } from '../ids';
import type { CallOptions } from './calls';

export interface Identity {
  readonly accountId: AccountId;
  readonly arn: string;
}

export interface IdentityGateway {
  whoAmI(options?: CallOptions): Promise<Identity>;
}
