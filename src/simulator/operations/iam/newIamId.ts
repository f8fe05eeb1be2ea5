import type { CallContext } from '../operation';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A unique id of IAM: `prefix` says of what kind ("IAM identifiers"). */
export function newIamId(context: CallContext, prefix: string, name: string): string {
  const { world, account, nowMs } = context;
  return prefix + world.chanceFor(`iam/${account.id}/${prefix}/${name}/${nowMs}`).text(idAlphabet, 17);
}
