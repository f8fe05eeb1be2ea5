/**
 * How a world begins. `default` has a running instance in each account, `default-vpc` only what AWS gives to a new account, `empty` not even
 * the default VPCs.
 */
export const worldKinds = ['default', 'default-vpc', 'empty'] as const;

export type WorldKind = (typeof worldKinds)[number];
