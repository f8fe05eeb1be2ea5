import { parseArgs } from 'node:util';
import type { Breakage, Lab } from '../../labs/lab';
import { labs } from '../../labs/labs';
import { type WorldKind, worldKinds } from '../../simulator/worldKinds';
import { t } from '../../words/translation';

/** A command line that makes no sense. The message is for the person who typed it. */
export class UsageError extends Error {}

/** How labs are done. */
export interface RunWanted {
  readonly breakage: Breakage | undefined;
  /** Leaves everything standing. */
  readonly isKept: boolean;
}

/** Accounts of this machine's AWS config files. */
export interface AccountsWanted {
  /** Profiles, in the order of the lab's accounts. */
  readonly profiles: readonly string[];
  /** That of the profiles without it. */
  readonly region: string | undefined;
  /** AWS itself, or what the profiles name, without it. */
  readonly endpointUrl: string | undefined;
}

export type LabCommand =
  | ({
      readonly kind: 'practise';
      readonly labs: readonly Lab[];
      /** How the practice cloud begins. */
      readonly world: WorldKind;
    } & RunWanted)
  | ({
      readonly kind: 'onAws';
      readonly lab: Lab;
      readonly accounts: AccountsWanted;
      /** The price need not be confirmed. */
      readonly isConfirmed: boolean;
    } & RunWanted)
  | { readonly kind: 'check'; readonly lab: Lab; readonly accounts: AccountsWanted }
  | { readonly kind: 'clean'; readonly accounts: AccountsWanted };

/** Reads what was typed behind `npm run lab --`. Throws a {@link UsageError}. */
export function readLabCommand(typed: readonly string[]): LabCommand {
  const { values, positionals } = parse(typed);
  const [first, ...rest] = positionals;
  const profiles = (values.aws === undefined ? [] : [values.aws]).concat(values.profile);
  const accounts = { region: values.region, endpointUrl: values.endpoint };
  switch (first) {
    case 'check': {
      const [id, ...more] = rest;
      nothingElse(more);
      return { kind: 'check', lab: labNamed(id), accounts: { ...accounts, profiles } };
    }
    case 'clean':
      return { kind: 'clean', accounts: { ...accounts, profiles: profiles.concat(rest) } };
    case 'all':
      nothingElse(rest);
      return { kind: 'practise', labs, world: worldNamed(values.world), isKept: false, breakage: undefined };
    default:
      break;
  }
  const lab = labNamed(first);
  const run = { breakage: breakageNamed(lab, values.break), isKept: values.keep };
  if (values.aws !== undefined) {
    const all = { ...accounts, profiles: profiles.concat(rest) };
    return { kind: 'onAws', lab, accounts: all, isConfirmed: values.yes, ...run };
  }
  nothingElse(rest);
  return { kind: 'practise', labs: [lab], world: worldNamed(values.world), ...run };
}

function parse(typed: readonly string[]) {
  try {
    return parseArgs({
      args: [...typed],
      allowPositionals: true,
      options: {
        break: { type: 'string' },
        keep: { type: 'boolean', default: false },
        world: { type: 'string', default: 'default-vpc' },
        aws: { type: 'string' },
        profile: { type: 'string', multiple: true, default: [] },
        region: { type: 'string' },
        endpoint: { type: 'string' },
        yes: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function labNamed(id: string | undefined): Lab {
  const lab = labs.find(each => each.id === id);
  if (lab) return lab;
  throw new UsageError(t('Say which lab: {0}', labs.map(each => each.id).join(', ')));
}

function breakageNamed(lab: Lab, name: string | undefined): Breakage | undefined {
  const breakage = lab.breakages.find(each => each.id === name);
  if (name === undefined || breakage) return breakage;
  throw new UsageError(t('--break takes one of {0}.', lab.breakages.map(each => each.id).join(', ')));
}

function worldNamed(name: string): WorldKind {
  const world = worldKinds.find(each => each === name);
  if (world) return world;
  throw new UsageError(t('--world takes one of {0}.', worldKinds.join(', ')));
}

function nothingElse(rest: readonly string[]): void {
  if (rest.length > 0) throw new UsageError(t('Not understood: {0}', rest.join(' ')));
}
