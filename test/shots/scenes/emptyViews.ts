import { CloudProcess } from '../../support/cloudProcess';
import { EndpointJourney } from '../../support/endpointJourney';
import type { SceneGroup } from '../scene';
import { showViews, viewTitles } from '../sidebar';

const profile = 'new-account';

/** Every view before there is anything to show: without a scope, and with one whose account is empty. */
export const emptyViews: SceneGroup = {
  name: 'empty',
  async prepare() {
    const cloud = await CloudProcess.start('--world', 'empty');
    return { environment: await cloud.writeProfile(profile, 'provider'), leave: () => cloud.stop() };
  },
  scenes: [
    {
      name: 'empty-welcome',
      async play(workbench) {
        await showViews(workbench, ...viewTitles);
        for (const title of viewTitles) await (await workbench.tree(title)).welcome().waitFor();
      },
    },
    {
      name: 'empty-account',
      async play(workbench) {
        await new EndpointJourney(workbench).addScope(profile);
        for (const title of viewTitles) await (await workbench.tree(title)).item(/^No |^Nobody /).waitFor();
      },
    },
  ],
};
