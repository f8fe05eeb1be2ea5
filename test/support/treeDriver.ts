import type { Locator, Page } from 'playwright-core';

/** A line of a tree: what is written, and what a screen reader says. */
export interface TreeLine {
  readonly level: number;
  readonly name: string;
  readonly label: string;
  readonly description: string;
}

const mostSteps = 400;

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

  /** Goes through the whole tree with the arrow keys, opens every node, and tells what stands there. The tree has the focus afterwards. */
  async walk(): Promise<TreeLine[]> {
    await this.#focusFirst();
    const lines: TreeLine[] = [];
    for (let step = 0; step < mostSteps; step++) {
      await this.#openFocused();
      lines.push(await this.#readFocused());
      if (!(await this.#moveDown())) return lines;
    }
    throw new Error(`More than ${mostSteps} lines in the tree`);
  }

  /** Moves the focus to a node with the arrow keys alone, opening none. */
  async moveTo(name: RegExp): Promise<void> {
    await this.#focusFirst();
    for (let step = 0; step < mostSteps; step++) {
      if (name.test((await this.#readFocused()).name)) return;
      if (!(await this.#moveDown())) break;
    }
    throw new Error(`The arrow keys lead to no ${name}`);
  }

  /** Opens the context menu of the focused node with the keyboard, and tells its entries. */
  async openMenuByKeyboard(): Promise<string[]> {
    await this.page.keyboard.press('Shift+F10');
    const entries = this.page.locator('.context-view').getByRole('menuitem');
    await entries.first().waitFor();
    const names = await entries.allTextContents();
    return names.map(text => text.trim());
  }

  /** Chooses from the open menu with the arrow keys. */
  async chooseByKeyboard(command: string): Promise<void> {
    const focused = this.page.locator('.context-view .action-item.focused');
    for (let step = 0; step < mostSteps; step++) {
      await this.page.keyboard.press('ArrowDown');
      if ((await focused.textContent())?.includes(command)) break;
    }
    await this.page.keyboard.press('Enter');
    await focused.waitFor({ state: 'detached' });
  }

  get #focused(): Locator {
    return this.pane.locator('.monaco-list-row.focused');
  }

  async #focusFirst(): Promise<void> {
    await this.pane.locator('.monaco-list').focus();
    await this.page.keyboard.press('Home');
    await this.#focused.waitFor();
  }

  /** False at the end. */
  async #moveDown(): Promise<boolean> {
    const before = await this.#focused.getAttribute('data-index');
    await this.page.keyboard.press('ArrowDown');
    return (await this.#focused.getAttribute('data-index')) !== before;
  }

  async #openFocused(): Promise<void> {
    if ((await this.#focused.getAttribute('aria-expanded')) !== 'false') return;
    await this.page.keyboard.press('ArrowRight');
    await this.pane.locator('.monaco-list-row.focused[aria-expanded="true"]').waitFor();
    await this.pane.locator('.monaco-progress-container.active').waitFor({ state: 'hidden' });
  }

  async #readFocused(): Promise<TreeLine> {
    const row = this.#focused;
    const text = async (part: string) => ((await row.locator(part).first().textContent()) ?? '').trim();
    const hasDescription = (await row.locator('.label-description').count()) > 0;
    return {
      level: Number(await row.getAttribute('aria-level')),
      name: (await row.getAttribute('aria-label')) ?? '',
      label: await text('.label-name'),
      description: hasDescription ? await text('.label-description') : '',
    };
  }
}
