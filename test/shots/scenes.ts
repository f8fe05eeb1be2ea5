import { EndpointJourney } from '../support/endpointJourney';
import type { WorkbenchDriver } from '../support/workbenchDriver';

/** One picture: how to get there from where the scene before has left the workbench. */
export interface Scene {
  readonly name: string;
  play(workbench: WorkbenchDriver): Promise<void>;
}

const settleMs = 800;
const settle = (workbench: WorkbenchDriver) => workbench.page.waitForTimeout(settleMs);

/** The first lab, from the welcome to the verdict. */
export const scenes: readonly Scene[] = [
  {
    name: 'welcome',
    async play(workbench) {
      await workbench.openContainer('VPC Labs');
      await (await workbench.tree('Endpoints')).welcome().waitFor();
      await settle(workbench);
    },
  },
  {
    name: 'practice',
    async play(workbench) {
      await new EndpointJourney(workbench).startPractice();
      await settle(workbench);
    },
  },
  {
    name: 'wizard',
    async play(workbench) {
      await new EndpointJourney(workbench).openWizard('provider');
      await settle(workbench);
    },
  },
  {
    name: 'summary',
    async play(workbench) {
      await new EndpointJourney(workbench).walkToSummary();
      await settle(workbench);
    },
  },
  {
    name: 'endpoint',
    async play(workbench) {
      const journey = new EndpointJourney(workbench);
      await workbench.quickInput.accept();
      await journey.waitUntilAvailable();
      await journey.endpointAddresses();
      await settle(workbench);
    },
  },
  {
    name: 'capture',
    async play(workbench) {
      const journey = new EndpointJourney(workbench);
      await (await workbench.tree('Endpoints')).collapse(/^vpc-labs-ec2/);
      await journey.startCapture('provider');
      await journey.runInShell('provider', 'aws ec2 describe-instances --region ap-south-1 --output text');
      await journey.verdict('Private');
      await workbench.terminal.waitFor(/STATE\s+16\s+running[^$]*sh-5\.2\$/);
      await settle(workbench);
    },
  },
  {
    name: 'capture-raw',
    async play(workbench) {
      await workbench.webview().getByRole('button', { name: 'Raw' }).click();
      await settle(workbench);
    },
  },
];
