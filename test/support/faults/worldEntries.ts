import type { SavedWorld } from '../../../src/simulator/save/savedWorld';

/** Tables of things that somebody makes on purpose, with the states in which one counts as gone. */
const kinds: Readonly<Record<string, RegExp>> = {
  endpoints: /deleted|deleting|rejected|failed/i,
  endpointServices: /delet/i,
  instanceConnectEndpoints: /delete/i,
  instances: /terminated|shutting/i,
  internetGateways: /never/,
  listeners: /never/,
  loadBalancers: /never/,
  natGateways: /delet|failed/i,
  elasticAddresses: /never/,
  peeringConnections: /delet|rejected|failed|expired/i,
  roles: /never/,
  instanceProfiles: /never/,
  routeTables: /never/,
  securityGroups: /never/,
  subnets: /never/,
  targetGroups: /never/,
  vpcs: /never/,
  dhcpOptions: /never/,
};
/** What the world keeps for itself. */
const hidden = /^(?:counts|clientTokens|temporaryKeys|guestStates|managedNodes|listedPeerings)$/;

interface Entry {
  readonly table: string;
  readonly id: string;
  readonly value: unknown;
}

/** All tables of a world, in one list. */
export function entriesOf({ accounts, places, shared }: SavedWorld): readonly Entry[] {
  const owners = [...Object.values(accounts), ...places.map(({ tables }) => tables), shared];
  return owners.flatMap(tables =>
    Object.entries(tables).flatMap(([table, content]) =>
      [...(content instanceof Map ? content : [])].map(([id, value]) => ({ table, id: String(id), value })),
    ),
  );
}

/** Ids of the things that exist: what somebody pays for or trips over. */
export function thingsOf(entries: readonly Entry[]): ReadonlySet<string> {
  const things = entries.flatMap(({ table, id, value }) => {
    const gone = kinds[table];
    return gone === undefined || isGone(value, gone) ? [] : [`${table}/${id}`];
  });
  return new Set(things);
}

/** Everything that anybody can see, an entry a line, without the times. */
export function linesOf(entries: readonly Entry[]): ReadonlySet<string> {
  const seen = entries.filter(({ table }) => !hidden.test(table));
  return new Set(seen.map(({ table, id, value }) => `${table} ${id} ${JSON.stringify(value, withoutTimes)}`));
}

function withoutTimes(key: string, value: unknown): unknown {
  return /(?:At|[sS]ince)Ms$/.test(key) ? undefined : value;
}

function isGone(value: unknown, gone: RegExp): boolean {
  const { state, isDefault, isMain, name } = value as Record<string, unknown>;
  // What comes with a VPC goes with it.
  if (isMain === true || name === 'default' || isDefault === true) return true;
  return typeof state === 'string' && gone.test(state);
}
