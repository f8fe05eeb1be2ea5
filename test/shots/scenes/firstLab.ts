import { EndpointJourney } from '../../support/endpointJourney';
import type { SceneGroup } from '../scene';

/** The first lab, from the welcome to the verdict. */
export const firstLab: SceneGroup = {
  name: 'lab',
  stage: { width: 1280, height: 800 },
  scenes: [
    {
      name: 'welcome',
      async play(workbench) {
        await workbench.openContainer('VPC Labs');
        await (await workbench.tree('Endpoints')).welcome().waitFor();
      },
    },
    {
      name: 'practice',
      async play(workbench) {
        await new EndpointJourney(workbench).startPractice();
      },
    },
    {
      name: 'wizard',
      async play(workbench) {
        await new EndpointJourney(workbench).openWizard('provider');
      },
    },
    {
      name: 'summary',
      async play(workbench) {
        await new EndpointJourney(workbench).walkToSummary();
        await workbench.quickInput.waitForPermission();
      },
    },
    {
      name: 'endpoint',
      async play(workbench) {
        const journey = new EndpointJourney(workbench);
        await workbench.quickInput.accept();
        await journey.waitUntilAvailable();
        await journey.endpointAddresses();
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
      },
      readme: { name: 'capture' },
    },
    {
      name: 'capture-raw',
      async play(workbench) {
        await workbench.webview().getByRole('button', { name: 'Raw' }).click();
      },
    },
  ],
};
