import type { Locator, Page } from 'playwright-core';

/** One view of the side bar. Items are found by the beginning or a pattern of what a screen reader says. */
export class TreeDriver {
  private constructor(
    private readonly page: Page,
    readonly pane: Locator,
  ) {}

  static async open(page: Page, title: string): Promise<TreeDriver> {
    const header = page.locator('.pane-header').filter({ hasText: title });
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    return new TreeDriver(page, page.locator('.sidebar .pane').filter({ has: header }));
  }

  /** The welcome content, shown while the view is empty. */
  welcome(): Locator {
    return this.pane.locator('.welcome-view-content');
  }

  item(name: string | RegExp): Locator {
    return this.pane.getByRole('treeitem', { name }).first();
  }

  /** What a screen reader says for each row in view, top down. */
  async names(): Promise<string[]> {
    const rows = await this.pane.getByRole('treeitem').all();
    return Promise.all(rows.map(async row => (await row.getAttribute('aria-label')) ?? ''));
  }

  /** Opens a node and waits until it is open. */
  async expand(name: string | RegExp): Promise<void> {
    const row = this.item(name);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'true') return;
    await row.click();
    if ((await row.getAttribute('aria-expanded')) !== 'true') await this.page.keyboard.press('ArrowRight');
    await this.pane.locator('.monaco-list-row[aria-expanded="true"]').filter({ has: row }).or(row).first().waitFor();
  }

  /** Closes a node. */
  async collapse(name: string | RegExp): Promise<void> {
    const row = this.item(name);
    await row.focus();
    await this.page.keyboard.press('ArrowLeft');
  }

  /** Chooses from the context menu of a node. */
  async chooseFromMenu(name: string | RegExp, command: string): Promise<void> {
    await this.item(name).click({ button: 'right' });
    const entry = this.page.locator('.context-view').getByRole('menuitem', { name: command });
    await entry.hover();
    // A menu takes no click in its first moments, so that the click that opened it chooses nothing.
    await this.page.waitForTimeout(300);
    await entry.click();
    await entry.waitFor({ state: 'detached' });
  }

  /** Presses an inline button of a node. */
  async pressInline(name: string | RegExp, command: string): Promise<void> {
    const row = this.item(name);
    await row.hover();
    await row.getByRole('button', { name: command }).click();
  }

  /** Presses a button in the view's title bar. */
  async pressTitle(command: string): Promise<void> {
    await this.pane.hover();
    await this.pane.locator('.pane-header').getByRole('button', { name: command }).click();
  }
}
