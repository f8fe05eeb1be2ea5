import type { AccountId, InstanceId } from '../../core/ids';

/** Who signed a request. */
export type Principal =
  | {
      readonly kind: 'user';
      readonly accountId: AccountId;
      readonly name: string;
      readonly userId: string;
      readonly arn: string;
    }
  | {
      readonly kind: 'role';
      readonly accountId: AccountId;
      readonly roleName: string;
      readonly instanceId: InstanceId;
      readonly userId: string;
      /** `arn:aws:sts::…:assumed-role/<role>/<instance id>`. */
      readonly arn: string;
    };

/** Keys that were given out, with what belongs to them. */
export interface IssuedKeys {
  readonly principal: Principal;
  readonly secretAccessKey: string;
  /** Role sessions only. */
  readonly sessionToken: string | undefined;
  readonly expiresAtMs: number | undefined;
}

/** The name in front of the dash in a session's id. */
export function callerName(principal: Principal): string {
  return principal.kind === 'user' ? principal.name : principal.instanceId;
}
