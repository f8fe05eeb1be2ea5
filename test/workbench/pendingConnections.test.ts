import assert from 'node:assert/strict';
import { CloudProcess } from '../support/cloudProcess';
import { ConnectProxy } from '../support/connectProxy';
import { EndpointJourney } from '../support/endpointJourney';
import { InboxJourney } from '../support/inboxJourney';
import { pictureFailures } from '../support/pictureFailures';
import { PracticeNeighbour } from '../support/practiceNeighbour';
import type { ServiceSite } from '../support/serviceSite';
import { WorkbenchDriver } from '../support/workbenchDriver';

const settings = { 'vpcLabs.pending.pollSeconds': 2 };

describe('answering requests of another practice account in the workbench', function () {
  this.timeout(120_000);
  let workbench: WorkbenchDriver;
  let neighbour: PracticeNeighbour;
  let site: ServiceSite;
  let journey: EndpointJourney;
  let inbox: InboxJourney;

  before(async () => {
    workbench = await WorkbenchDriver.open({ settings });
    journey = new EndpointJourney(workbench);
    await journey.startPractice();
    neighbour = await PracticeNeighbour.join(workbench.practiceFolder);
    site = await neighbour.openSite();
    inbox = new InboxJourney(workbench, site, 'provider (PRACTICE)');
  });
  pictureFailures(() => workbench);
  after(async () => {
    await neighbour?.leave();
    await workbench?.close();
  });

  it('counts a request on the activity bar while the Explorer has the focus, and takes it back when it is accepted', async () => {
    await workbench.openContainer('Explorer');
    await journey.askForService('consumer', site.service.serviceName);
    await inbox.waitForBadge(1);
    assert.equal(await workbench.openedContainer(), 'Explorer');
    const endpoint = await site.newest();
    await inbox.press(endpoint, 'Accept');
    await inbox.answer([endpoint], 'Accept');
    await inbox.waitForBadge(0);
    await site.waitForState(endpoint, 'available');
    const endpoints = await workbench.tree('Endpoints');
    await endpoints.item(/vpce-svc-[0-9a-f]{17}.*, available/).waitFor();
  });

  it('rejects another one by a dialog that names its owner, the service and the account', async () => {
    await workbench.openContainer('Explorer');
    const endpoint = await site.ask();
    await inbox.waitForBadge(1);
    await inbox.press(endpoint, 'Reject');
    await inbox.answer([endpoint], 'Reject');
    await inbox.waitForBadge(0);
    await site.waitForState(endpoint, 'rejected');
  });

  it('answers several at once from the palette', async () => {
    const asked = [await site.ask(), await site.ask(), await site.ask()];
    await inbox.waitForBadge(asked.length);
    await workbench.palette('VPC Labs: Accept Connection Request');
    await workbench.quickInput
      .options()
      .nth(asked.length - 1)
      .waitFor();
    await workbench.quickInput.checkAll();
    await workbench.quickInput.accept();
    await inbox.answer(asked, 'Accept');
    await inbox.waitForBadge(0);
    await inbox.waitUntilEmpty();
    for (const endpoint of asked) await site.waitForState(endpoint, 'available');
  });
});

for (const isProxied of [false, true]) {
  const way = isProxied ? 'through a CONNECT proxy' : 'over loopback';

  describe(`answering requests ${way}`, function () {
    this.timeout(120_000);
    let cloud: CloudProcess;
    let proxy: ConnectProxy;
    let workbench: WorkbenchDriver;

    before(async () => {
      cloud = await CloudProcess.start();
      proxy = await ConnectProxy.start();
      workbench = await WorkbenchDriver.open({
        environment: await cloud.writeProfiles({ front: 'provider', guest: 'consumer' }),
        settings: isProxied ? { ...settings, 'http.proxy': proxy.url } : settings,
      });
    });
    pictureFailures(() => workbench);
    after(async () => {
      await workbench?.close();
      await proxy?.stop();
      await cloud?.stop();
    });

    it('accepts and rejects by requests that profiles sign', async () => {
      const site = await cloud.openSite();
      const journey = new EndpointJourney(workbench);
      await journey.addScope('front');
      await journey.addScope('guest');
      const inbox = new InboxJourney(workbench, site, 'front (LOCAL)');
      const [welcome, unwelcome] = [await site.ask(), await site.ask()];
      await inbox.waitForBadge(2);
      await inbox.press(welcome, 'Accept');
      await inbox.answer([welcome], 'Accept');
      await inbox.waitForBadge(1);
      await inbox.press(unwelcome, 'Reject');
      await inbox.answer([unwelcome], 'Reject');
      await inbox.waitForBadge(0);
      await site.waitForState(welcome, 'available');
      await site.waitForState(unwelcome, 'rejected');
      const { host } = new URL(cloud.line.endpoint);
      assert.deepEqual([...new Set(proxy.asked)], isProxied ? [host] : []);
    });
  });
}
