import type { AccountId } from '../../core/ids';
import type { Tags } from '../../core/network';

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
      /** Given by who took the role; of an instance its id. */
      readonly sessionName: string;
      /** `AROA…:<session name>`. */
      readonly userId: string;
      /** `arn:aws:sts::…:assumed-role/<role>/<session name>`. */
      readonly arn: string;
      /** Undefined: the session may do what its role may. */
      readonly session?: RoleSession | undefined;
    };

/** What a session of a role was given when it began ("AssumeRole"). */
export interface RoleSession {
  /** Texts of policies that narrow what the role may; undefined for none. */
  readonly policies: readonly string[] | undefined;
  readonly tags: Tags;
}

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
  return principal.kind === 'user' ? principal.name : principal.sessionName;
}
