import assert from 'node:assert/strict';
import { EndpointJourney } from '../support/endpointJourney';
import { InboxJourney } from '../support/inboxJourney';
import { peerVpcs } from '../support/peeredVpcs';
import { pictureFailures } from '../support/pictureFailures';
import { PracticeNeighbour } from '../support/practiceNeighbour';
import type { ServiceSite } from '../support/serviceSite';
import { WorkbenchDriver } from '../support/workbenchDriver';

/** What a resource of each view says of its state. */
const states = {
  Endpoints: /available|waiting for acceptance|pending/i,
  'Endpoint Services': /available/,
  'Pending Connections': /waiting for your answer/,
  Peering: /active/,
  Instances: /running/,
};

describe('VPC Labs by keyboard', function () {
  this.timeout(300_000);
  let workbench: WorkbenchDriver;
  let neighbour: PracticeNeighbour;
  let site: ServiceSite;

  before(async () => {
    workbench = await WorkbenchDriver.open({ settings: { 'vpcLabs.pending.pollSeconds': 2 } });
    await new EndpointJourney(workbench).startPractice();
    neighbour = await PracticeNeighbour.join(workbench.practiceFolder);
    site = await neighbour.openSite();
    await site.accept(await site.ask());
    await site.ask();
    const { provider, consumer } = neighbour.scopes();
    await peerVpcs(consumer, provider);
    for (const view of ['Endpoints', 'Endpoint Services', 'Peering'])
      await workbench.palette(`VPC Labs: Refresh ${view}`);
    for (const [view, state] of Object.entries(states)) await (await workbench.tree(view)).item(state).waitFor();
  });
  pictureFailures(() => workbench);
  after(async () => {
    await neighbour?.leave();
    await workbench?.close();
  });

  for (const [title, state] of Object.entries(states)) {
    it(`reaches every node of ${title}, and each says all that is written and its state`, async () => {
      const tree = await workbench.tree(title);
      const lines = await tree.walk();
      for (const { level, name } of lines) if (level === 1) assert.match(name, /practice/i);
      assert.ok(
        lines.some(({ level, name }) => level > 1 && state.test(name)),
        `${title}: ${JSON.stringify(lines)}`,
      );
      for (const { name, label, description } of lines)
        for (const part of [label, ...description.split(' · ')])
          assert.ok(name.toLowerCase().includes(part.toLowerCase()), `${title}: "${part}" is said in "${name}"`);
    });
  }

  for (const [title, node, actions] of [
    ['Endpoints', /, available/, ['Capture', 'Copy Id']],
    [
      'Pending Connections',
      /waiting for your answer/,
      ['Accept Connection Request', 'Reject Connection Request', 'Copy Id'],
    ],
    ['Peering', /active/, ['Create Routes Both Ways', 'Delete Peering', 'Copy Id']],
    ['Instances', /^provider-instance/, ['Capture on Instance', 'Open Instance Shell', 'Copy Id']],
  ] as const) {
    it(`opens the menu of a node in ${title}, which holds all its buttons`, async () => {
      const tree = await workbench.tree(title);
      await tree.moveTo(node);
      const entries = await tree.openMenuByKeyboard();
      for (const action of actions)
        assert.ok(
          entries.some(entry => entry.includes(action)),
          `${action} in ${entries}`,
        );
      await tree.leaveMenu();
    });
  }

  it('accepts a request from its line to the answer', async () => {
    const inbox = new InboxJourney(workbench, site, 'provider (PRACTICE)');
    await inbox.waitForBadge(1);
    const pending = await workbench.tree('Pending Connections');
    await pending.moveTo(/waiting for your answer/);
    await pending.openMenuByKeyboard();
    await pending.chooseByKeyboard('Accept Connection Request');
    await workbench.dialog().waitFor();
    await workbench.page.keyboard.press('Enter');
    await inbox.waitForBadge(0);
    await site.waitForState(await site.newest(), 'available');
  });
});
