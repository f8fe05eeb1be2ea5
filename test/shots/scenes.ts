import type { WorkbenchDriver } from '../support/workbenchDriver';

/** One picture: what a person does until there is something to show. */
export interface Scene {
  /** The file's name, before theme and `.png`. */
  readonly name: string;
  /** Brings the workbench there; each scene goes on where the one before it ended. */
  readonly play: (workbench: WorkbenchDriver) => Promise<void>;
}

/** In the order in which they are played, once for each theme. */
export const scenes: readonly Scene[] = [
  {
    name: 'welcome',
    async play(workbench) {
      await workbench.openContainer('VPC Labs');
      await (await workbench.tree('Endpoints')).welcome().waitFor();
    },
  },
];
