import { EndpointJourney } from '../../support/endpointJourney';
import type { WorkbenchDriver } from '../../support/workbenchDriver';
import type { Scene, SceneGroup } from '../scene';

/** A wizard of the palette with Enter at every question, up to its last step. */
function summary(name: string, command: string, begin: (workbench: WorkbenchDriver) => Promise<void>): Scene {
  return {
    name: `summary-${name}`,
    async play(workbench) {
      const { quickInput } = workbench;
      if (await quickInput.widget.isVisible()) await quickInput.cancel();
      await workbench.palette(`VPC Labs: ${command}`);
      await begin(workbench);
      await quickInput.acceptUntilLast();
      await quickInput.waitForQuestion('This is what will happen.');
      await quickInput.waitForPermission();
    },
  };
}

const choose =
  (...answers: readonly string[]) =>
  async ({ quickInput }: WorkbenchDriver) => {
    for (const answer of answers) await quickInput.choose(answer);
  };

/** What the last step of each wizard shows. */
export const summaries: SceneGroup = {
  name: 'summaries',
  scenes: [
    {
      name: 'summary-begin',
      async play(workbench) {
        await new EndpointJourney(workbench).startPractice();
      },
    },
    {
      ...summary('gateway-endpoint', 'Create Gateway Endpoint', choose('consumer')),
      readme: { name: 'summary', clip: { x: 370, y: 20, width: 700, height: 420 } },
    },
    summary('instance-connect', 'Create Instance Connect Endpoint', choose('consumer')),
    summary('service', 'Create Endpoint Service', choose('provider')),
    summary('peering', 'Create Peering', choose('provider')),
    summary('rule', 'Add Security Group Rule', choose('provider', 'launch-wizard-1')),
    summary('nat-gateway', 'Create VPC, Subnet, Route or Gateway', async workbench => {
      await choose('provider', 'NAT gateway')(workbench);
      await workbench.quickInput.waitForStep(/^NAT gateway/);
    }),
    summary('instance', 'Launch Instance', choose('provider')),
  ],
};
