import { EndpointJourney } from '../../support/endpointJourney';
import type { WorkbenchDriver } from '../../support/workbenchDriver';
import { fillCloud } from '../filledCloud';
import type { Scene, SceneGroup } from '../scene';
import { refreshViews, showViews, type ViewTitle, viewTitles, widenSidebar } from '../sidebar';

/** One view alone, with these nodes opened one after another. */
function opened(name: string, title: ViewTitle, nodes: readonly RegExp[], ready?: RegExp): Scene {
  return {
    name,
    async play(workbench) {
      await showViews(workbench, title);
      const tree = await workbench.tree(title);
      for (const node of nodes) await tree.expand(node);
      if (ready) await tree.item(ready).waitFor();
    },
  };
}

async function fill(workbench: WorkbenchDriver): Promise<void> {
  await new EndpointJourney(workbench).startPractice();
  await widenSidebar(workbench, 460);
  await fillCloud(workbench);
  await refreshViews(workbench);
  const pending = await workbench.tree('Pending Connections');
  await pending.item(/waiting for your answer/).waitFor();
}

/** Every view with nodes opened, in a wide and in a narrow sidebar. */
export const filledViews: SceneGroup = {
  name: 'filled',
  scenes: [
    {
      name: 'filled',
      async play(workbench) {
        await fill(workbench);
        await showViews(workbench, ...viewTitles);
      },
    },
    opened('filled-endpoints', 'Endpoints', [/^vpc-labs-ec2, ec2/, /^photos-gateway/]),
    opened('filled-services', 'Endpoint Services', [/^shop, /, /^shop, active/, /^shop-web/]),
    opened('filled-pending', 'Pending Connections', [/^Account .*vpce-.*waiting/, /^Account .*pcx-.*waiting/]),
    opened('filled-peering', 'Peering', [/^shop-office/]),
    opened('filled-instances', 'Instances', [/^provider-instance/, /^web/]),
    {
      name: 'narrow',
      async play(workbench) {
        await widenSidebar(workbench, 230);
        await showViews(workbench, ...viewTitles);
      },
    },
    opened('narrow-endpoints', 'Endpoints', []),
    opened('narrow-services', 'Endpoint Services', []),
    opened('narrow-pending', 'Pending Connections', []),
    opened('narrow-peering', 'Peering', []),
    opened('narrow-instances', 'Instances', []),
  ],
};
