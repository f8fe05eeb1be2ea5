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

/** Every view, in a narrow sidebar and in a wide one, with nodes opened. */
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
    {
      name: 'narrow',
      async play(workbench) {
        await widenSidebar(workbench, 230);
      },
    },
    {
      name: 'inbox',
      async play(workbench) {
        await widenSidebar(workbench, 460);
        await showViews(workbench, 'Endpoint Services', 'Pending Connections');
        const services = await workbench.tree('Endpoint Services');
        await services.expand(/^shop, /);
        await services.item(/^Connections/).waitFor();
        await (await workbench.tree('Pending Connections')).expand(/^Account .*vpce-.*waiting/);
      },
      readme: { name: 'inbox', clip: { x: 0, y: 30, width: 560, height: 700 } },
    },
    opened('filled-endpoints', 'Endpoints', [/^vpc-labs-ec2, ec2/, /^photos-gateway/]),
    opened('filled-services', 'Endpoint Services', [/^shop, /, /^shop, active/, /^shop-web/]),
    opened('filled-pending', 'Pending Connections', [/^Account .*vpce-.*waiting/, /^Account .*pcx-.*waiting/]),
    opened('filled-peering', 'Peering', [/^shop-office/]),
    opened('filled-instances', 'Instances', [/^provider-instance/, /^web/]),
  ],
};
