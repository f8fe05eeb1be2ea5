import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EndpointJourney } from '../../support/endpointJourney';
import type { WorkbenchDriver } from '../../support/workbenchDriver';
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
    {
      name: 'capture-file',
      async play(workbench) {
        await workbench.palette('View: Close All Editors');
        await openCapture(workbench, 'web.txt', savedLines);
        await workbench.webview().getByText('A file holds packets alone').waitFor();
      },
    },
    {
      name: 'capture-file-none',
      async play(workbench) {
        await openCapture(workbench, 'notes.txt', 'hello\n');
        await (await workbench.notification(/notes\.txt is no capture/)).waitFor();
      },
    },
  ],
};

const savedLines = `\
2026-11-30 12:00:00.000001 IP 172.31.37.141.38482 > 172.31.36.107.443: Flags [S], seq 1, win 62727, options [mss 8961], length 0
2026-11-30 12:00:00.000402 IP 172.31.36.107.443 > 172.31.37.141.38482: Flags [S.], seq 9, ack 2, win 26847, options [mss 8500], length 0
2026-11-30 12:00:00.000431 IP 172.31.37.141.38482 > 172.31.36.107.443: Flags [.], ack 1, win 491, length 0
2026-11-30 12:00:00.001870 IP 172.31.37.141.38482 > 172.31.36.107.443: Flags [P.], seq 1:518, ack 1, win 491, length 517
`;

async function openCapture(workbench: WorkbenchDriver, name: string, content: string): Promise<void> {
  const folder = dirname(workbench.practiceFolder);
  await writeFile(join(folder, name), content);
  await workbench.palette('VPC Labs: Open Capture File');
  await workbench.quickInput.waitForStep('Open Capture File');
  await workbench.quickInput.type(`${folder}/`);
  await workbench.quickInput.choose(name);
}
