import type { Account, IamUser } from '../../world/account';

export interface ListedKey {
  readonly accessKeyId: string;
  readonly createdAtMs: number;
}

/** A user's access keys, oldest first; the user that an account began with has one from then. */
export function accessKeysOf(account: Account, { id, name, createdAtMs }: IamUser): readonly ListedKey[] {
  const first = id === account.userId ? [{ accessKeyId: account.accessKeyId, createdAtMs }] : [];
  const others = [...account.userKeys].filter(([, { userName }]) => userName === name);
  return [...first, ...others.map(([accessKeyId, key]) => ({ accessKeyId, createdAtMs: key.createdAtMs }))];
}
