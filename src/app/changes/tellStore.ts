import type { ResourceStore, Scope } from '../appModel';

type Told = Pick<ResourceStore<unknown>, 'noteChange'> | undefined;

/** Tells a store of a change to something that exists, however it ends: a write without an answer may have happened all the same. */
export async function changing<T>(store: Told, scope: Scope, id: string, writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } finally {
    void store?.noteChange(scope, id);
  }
}

/** The same for something new, whose id comes with the answer. */
export async function making<T extends { readonly id: string }>(
  store: Told,
  scope: Scope,
  writing: Promise<T>,
): Promise<T> {
  try {
    const made = await writing;
    void store?.noteChange(scope, made.id);
    return made;
  } catch (error) {
    void store?.noteChange(scope);
    throw error;
  }
}
