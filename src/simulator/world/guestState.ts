/** What an instance's disk and units keep over a reboot, as plain data that can be saved. */

export interface GuestDirectory {
  readonly kind: 'directory';
  readonly mode: number;
}

export interface GuestLink {
  readonly kind: 'link';
  readonly target: string;
}

export interface GuestRegularFile {
  readonly kind: 'file';
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  /** One character for each byte, as in Latin-1. */
  readonly content: string;
  readonly modifiedMs: number;
}

/** Deleted, with everything below. */
export interface GuestAbsence {
  readonly kind: 'absent';
}

export type GuestFile = GuestDirectory | GuestLink | GuestRegularFile | GuestAbsence;

export interface GuestService {
  /** Started at boot. */
  readonly isEnabled: boolean;
  readonly isActive: boolean;
}

/** How a guest differs from a fresh one: only what was changed is here. */
export interface GuestState {
  readonly hasBooted: boolean;
  /** By package name: installed or removed. */
  readonly packages: Readonly<Record<string, boolean>>;
  readonly services: Readonly<Record<string, GuestService>>;
  /** By absolute path. */
  readonly files: Readonly<Record<string, GuestFile>>;
}

export type GuestEffect =
  | { readonly kind: 'booted' }
  | { readonly kind: 'package'; readonly name: string; readonly isInstalled: boolean }
  | { readonly kind: 'service'; readonly name: string; readonly isEnabled: boolean; readonly isActive: boolean }
  | { readonly kind: 'file'; readonly path: string; readonly file: GuestFile }
  /** The machine went off: nothing runs, the disk stays. */
  | { readonly kind: 'poweredOff' };

export const freshGuest: GuestState = { hasBooted: false, packages: {}, services: {}, files: {} };

/** All kept files of a guest together; what would go beyond is not kept. */
const keptFilesLimitBytes = 8 * 1024 * 1024;

/** The state after an effect; the given one stays as it is. */
export function applyGuestEffect(state: GuestState, effect: GuestEffect): GuestState {
  switch (effect.kind) {
    case 'booted':
      return { ...state, hasBooted: true };
    case 'package':
      return { ...state, packages: { ...state.packages, [effect.name]: effect.isInstalled } };
    case 'service':
      return { ...state, services: { ...state.services, [effect.name]: serviceOf(effect) } };
    case 'file':
      return { ...state, files: withFile(state.files, effect.path, effect.file) };
    case 'poweredOff':
      return { ...state, services: withoutActivity(state.services) };
  }
}

function serviceOf({ isEnabled, isActive }: GuestService): GuestService {
  return { isEnabled, isActive };
}

function withoutActivity(services: GuestState['services']): GuestState['services'] {
  return Object.fromEntries(
    Object.entries(services).map(([name, { isEnabled }]) => [name, { isEnabled, isActive: isEnabled }]),
  );
}

function withFile(files: GuestState['files'], path: string, file: GuestFile): GuestState['files'] {
  const others = Object.entries(files).filter(
    ([known]) => known !== path && (file.kind === 'directory' || !known.startsWith(`${path}/`)),
  );
  const keptBytes = others.reduce((sum, [, known]) => sum + sizeOf(known), 0);
  if (keptBytes + sizeOf(file) > keptFilesLimitBytes) return files;
  return Object.fromEntries([...others, [path, file]]);
}

function sizeOf(file: GuestFile): number {
  return file.kind === 'file' ? file.content.length : 0;
}
