import assert from 'node:assert/strict';
import type { VpcEndpoint } from '../../src/core/network';
import { EndpointJourney } from '../support/endpointJourney';
import { pictureFailures } from '../support/pictureFailures';
import { PracticeNeighbour } from '../support/practiceNeighbour';
import { makeTaggedEndpoints } from '../support/taggedEndpoints';
import type { TreeDriver } from '../support/treeDriver';
import { waitUntil } from '../support/waitUntil';
import { WorkbenchDriver } from '../support/workbenchDriver';

const patienceMs = 60_000;

describe('a view as somebody arranges it', function () {
  this.timeout(300_000);
  let workbench: WorkbenchDriver;
  let neighbour: PracticeNeighbour;
  let endpoints: TreeDriver;
  let blue: VpcEndpoint;

  /** Waits until the rows under the scopes are these, by the beginnings of what is said of them. */
  async function waitForRows(...beginnings: readonly string[]): Promise<void> {
    let names: readonly string[] = [];
    const isSo = async () => {
      names = (await endpoints.names()).filter(name => !/^(?:provider|consumer), /.test(name));
      return (
        names.length === beginnings.length && names.every((name, index) => name.startsWith(beginnings[index] ?? ''))
      );
    };
    await waitUntil(isSo, () => `rows ${beginnings.join(' | ')}; there are ${names.join(' | ')}`, patienceMs);
  }

  async function groupBy(words: string): Promise<void> {
    await endpoints.pressTitle('Group By…');
    await workbench.quickInput.choose(words);
    await workbench.quickInput.waitUntilClosed();
  }

  before(async () => {
    // Tall enough for every row.
    workbench = await WorkbenchDriver.open({ height: 1600 });
    await new EndpointJourney(workbench).startPractice();
    neighbour = await PracticeNeighbour.join(workbench.practiceFolder);
    const made = await makeTaggedEndpoints(neighbour.scopes().consumer, {
      ssm: { Name: 'blue one', Team: 'Blue' },
      sts: { Name: 'red one', Team: 'Red' },
    });
    blue = made[0] as VpcEndpoint;
    endpoints = await workbench.tree('Endpoints');
    await endpoints.pressTitle('Refresh Endpoints');
    await endpoints.item(/^blue one, ssm, available/).waitFor();
    await endpoints.item(/^red one, sts, available/).waitFor();
  });
  pictureFailures(() => workbench);
  after(async () => {
    await neighbour?.leave();
    await workbench?.close();
  });

  it('is grouped by VPC, service, state or tag, and says so', async () => {
    const none = 'No endpoints yet';
    await waitForRows(none, 'blue one', 'red one');
    for (const [words, ...rows] of [
      ['by VPC', `${blue.vpcId}: 2`, 'blue one', 'red one'],
      ['by service', 'ssm: 1', 'blue one', 'sts: 1', 'red one'],
      ['by state', 'available: 2', 'blue one', 'red one'],
      ['by tag Team', 'Blue: 1', 'blue one', 'Red: 1', 'red one'],
    ] as const) {
      await groupBy(words);
      await waitForRows(none, ...rows);
      assert.equal(await endpoints.description(), words);
    }
  });

  it('shows what matches a text, above which stands that there is more', async () => {
    await endpoints.pressTitle('Filter by Text…');
    await workbench.quickInput.waitForStep('Endpoints');
    await workbench.quickInput.type('team=blue');
    await workbench.quickInput.accept();
    await waitForRows('No endpoints yet', 'Blue: 1', 'blue one');
    assert.match(await endpoints.message(), /Only what matches “team=blue” is shown/);
    assert.equal(await endpoints.description(), 'by tag Team · “team=blue”');
  });

  it('is arranged so in the next window, until the filter is cleared', async () => {
    await workbench.reload();
    await workbench.openContainer('VPC Labs');
    endpoints = await workbench.tree('Endpoints');
    await waitForRows('No endpoints yet', 'Blue: 1', 'blue one');
    assert.equal(await endpoints.description(), 'by tag Team · “team=blue”');
    await endpoints.pressTitle('Clear the Filter');
    await waitForRows('No endpoints yet', 'Blue: 1', 'blue one', 'Red: 1', 'red one');
    assert.equal(await endpoints.message(), '');
    await groupBy('one list');
    await waitForRows('No endpoints yet', 'blue one', 'red one');
    assert.equal(await endpoints.description(), '');
  });

  it('opens a resource as a document that cannot be edited', async () => {
    await endpoints.chooseFromMenu(/^blue one/, 'Open as JSON');
    const editor = workbench.page.locator('.editor-instance .monaco-editor').first();
    const text = async () => ((await editor.locator('.view-lines').textContent()) ?? '').replaceAll('\u00a0', ' ');
    await waitUntil(
      async () => (await text()).includes(`"id": "${blue.id}"`),
      'the document of the endpoint',
      patienceMs,
    );
    const before = await text();
    await editor.click();
    await workbench.page.keyboard.type('x');
    await workbench.page
      .getByText(/read-only/i)
      .first()
      .waitFor();
    assert.equal(await text(), before);
  });

  it('gives the id of a resource to the clipboard', async () => {
    await endpoints.chooseFromMenu(/^red one/, 'Copy Id');
    const read = () => workbench.page.evaluate<string>('navigator.clipboard.readText()');
    let copied = '';
    await waitUntil(
      async () => {
        copied = await read();
        return /^vpce-[0-9a-f]{17}$/.test(copied) && copied !== blue.id;
      },
      () => `the id on the clipboard; it holds "${copied}"`,
      patienceMs,
    );
  });

  it('keeps what is open and where the focus is when one of its lines changes', async () => {
    await endpoints.expand(/^blue one/);
    await endpoints.item(/^Interfaces, 1/).waitFor();
    await endpoints.moveTo(/^Interfaces, 1/);
    const focused = await endpoints.focusedName();
    const { tags } = await neighbour.scopes().consumer.gateways();
    for (const name of ['green one', 'yellow one', 'blue one']) {
      await tags.setTags([blue.id], { Name: name });
      await endpoints.pressTitle('Refresh Endpoints');
      await endpoints.item(new RegExp(`^${name}`)).waitFor();
      assert.equal(await endpoints.item(new RegExp(`^${name}`)).getAttribute('aria-expanded'), 'true');
      assert.equal(await endpoints.focusedName(), focused);
    }
  });
});
