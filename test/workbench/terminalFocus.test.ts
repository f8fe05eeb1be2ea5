import assert from 'node:assert/strict';
import { EndpointJourney } from '../support/endpointJourney';
import { InboxJourney } from '../support/inboxJourney';
import { pictureFailures } from '../support/pictureFailures';
import { PracticeNeighbour } from '../support/practiceNeighbour';
import type { ServiceSite } from '../support/serviceSite';
import { WorkbenchDriver } from '../support/workbenchDriver';

describe('somebody who types in a shell', function () {
  this.timeout(300_000);
  let workbench: WorkbenchDriver;
  let neighbour: PracticeNeighbour;
  let site: ServiceSite;

  before(async () => {
    workbench = await WorkbenchDriver.open({ settings: { 'vpcLabs.pending.pollSeconds': 1 } });
    const journey = new EndpointJourney(workbench);
    await journey.startPractice();
    neighbour = await PracticeNeighbour.join(workbench.practiceFolder);
    site = await neighbour.openSite();
    await journey.openShell('provider');
  });
  pictureFailures(() => workbench);
  after(async () => {
    await neighbour?.leave();
    await workbench?.close();
  });

  it('is left in peace while requests come and go, views are read anew and the badge counts', async () => {
    const { terminal } = workbench;
    const inbox = new InboxJourney(workbench, site, 'provider (PRACTICE)');
    const pending = await workbench.tree('Pending Connections');
    await terminal.run('echo begun');
    await terminal.waitFor(/^begun$/m);
    const lost = await terminal.watchFocus();
    const first = await site.ask();
    await inbox.waitForBadge(1);
    await site.accept(first);
    await inbox.waitForBadge(0);
    await site.ask();
    await inbox.waitForBadge(1);
    await pending.item(/waiting for your answer/).waitFor();
    await workbench.page.keyboard.type('echo never-left');
    await workbench.page.keyboard.press('Enter');
    await terminal.waitFor(/^never-left$/m);
    assert.deepEqual(await lost(), []);
  });

  it('is back in the shell after a command of the palette that only reads', async () => {
    await workbench.palette('VPC Labs: Refresh Instances');
    await workbench.quickInput.waitUntilClosed();
    await workbench.terminal.waitForFocus();
    await workbench.page.keyboard.type('echo back-again');
    await workbench.page.keyboard.press('Enter');
    await workbench.terminal.waitFor(/^back-again$/m);
  });
});
