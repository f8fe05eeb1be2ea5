import assert from 'node:assert/strict';
import type { VpcEndpoint } from '../../src/core/network';
import type { ServiceSite } from './serviceSite';
import { waitUntil } from './waitUntil';
import type { WorkbenchDriver } from './workbenchDriver';

const CONTAINER = 'VPC Labs';
const badgeTimeoutMs = 60_000;

/** The inbox as its owner sees it: the count on the activity bar, the lines of the view, the dialog. */
export class InboxJourney {
  constructor(
    private readonly workbench: WorkbenchDriver,
    private readonly site: ServiceSite,
    /** Label and mark of the scope that answers, as in the dialog: `provider (PRACTICE)`. */
    private readonly answering: string,
  ) {}

  /** Waits until so many wait for an answer, by the badge alone. */
  async waitForBadge(count: number): Promise<void> {
    const wanted = count === 0 ? '' : String(count);
    let shown = '';
    const isSo = async () => {
      shown = await this.workbench.badge(CONTAINER);
      return shown === wanted;
    };
    await waitUntil(isSo, () => `the badge to show "${wanted}"; it shows "${shown}"`, badgeTimeoutMs);
  }

  /** Presses the button of the request's line; leaves the dialog open. */
  async press(endpoint: Pick<VpcEndpoint, 'id'>, command: 'Accept' | 'Reject'): Promise<void> {
    await this.workbench.openContainer(CONTAINER);
    const pending = await this.workbench.tree('Pending Connections');
    const line = new RegExp(`^Account ${this.site.consumerId},.*${endpoint.id}, waiting for your answer`);
    await pending.item(line).waitFor();
    await pending.pressInline(line, `${command} Connection Request`);
  }

  /** The one dialog names who asks, for what, and which account answers; presses its button. */
  async answer(endpoints: readonly Pick<VpcEndpoint, 'id'>[], button: 'Accept' | 'Reject'): Promise<void> {
    const dialog = this.workbench.dialog();
    await dialog.waitFor();
    const text = (await dialog.textContent()) ?? '';
    const { consumerId, providerId, service } = this.site;
    const named = [this.answering, consumerId, providerId, service.id, ...endpoints.map(({ id }) => id)];
    for (const fact of named) assert.ok(text.includes(fact), `${fact} is named in: ${text}`);
    await this.workbench.answerDialog(button);
  }

  async waitUntilEmpty(): Promise<void> {
    const pending = await this.workbench.tree('Pending Connections');
    const hasRequests = async () => (await pending.names()).some(name => name.includes('waiting for your answer'));
    await waitUntil(async () => !(await hasRequests()), 'the view to show no request', badgeTimeoutMs);
  }
}
