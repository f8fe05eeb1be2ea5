import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './waitUntil';

/** A line of a tree: what is written, and what a screen reader says. */
export interface TreeLine {
  readonly level: number;
  readonly name: string;
  readonly label: string;
  readonly description: string;
}

const mostSteps = 400;
/** How long anything may take: enough for a loaded machine with two cores. */
const patienceMs = 120_000;
/** How long what should be there at once is waited for before it is tried again. */
const lookTimeoutMs = 5_000;
/** How long a menu takes at most to close after a choice that it has taken. */
const menuTimeoutMs = 1_000;

function isThere(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );
}

function isGone(locator: Locator, timeout: number): Promise<boolean> {
  return locator.waitFor({ state: 'hidden', timeout }).then(
    () => true,
    () => false,
  );
}

/** One view of the side bar. Items are found by the beginning or a pattern of what a screen reader says. */
export class TreeDriver {
  private constructor(
    private readonly page: Page,
    readonly pane: Locator,
  ) {}

  static async open(page: Page, title: string): Promise<TreeDriver> {
    const header = page.locator('.pane-header').filter({ has: page.getByText(title, { exact: true }) });
    await header.waitFor();
    await waitUntil(
      async () => {
        if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
        return (await header.getAttribute('aria-expanded')) !== 'false';
      },
      `the view ${title} to open`,
      patienceMs,
    );
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
    // In one look: a row that was counted may be gone when it is asked for.
    const rows = await this.pane.getByRole('treeitem').evaluateAll(all =>
      all.map(each => {
        const row = each as unknown as { getAttribute(name: string): string | null };
        return { place: Number(row.getAttribute('data-index')), name: row.getAttribute('aria-label') ?? '' };
      }),
    );
    return rows.sort((one, other) => one.place - other.place).map(({ name }) => name);
  }

  /** Opens a node and waits until it is open; what is under it may come later. */
  async expand(name: string | RegExp): Promise<void> {
    const row = this.item(name);
    await row.waitFor();
    await waitUntil(
      async () => {
        // A click on an open node closes it.
        if ((await row.getAttribute('aria-expanded')) === 'true') return true;
        await row.click();
        return isThere(this.pane.locator('[aria-expanded="true"]').and(row), lookTimeoutMs);
      },
      `${name} to open`,
      patienceMs,
    );
  }

  /** Closes a node. */
  async collapse(name: string | RegExp): Promise<void> {
    const row = this.item(name);
    await row.focus();
    await this.page.keyboard.press('ArrowLeft');
  }

  /** Chooses from the context menu of a node. */
  async chooseFromMenu(name: string | RegExp, command: string): Promise<void> {
    const entry = this.#menuEntries.and(this.page.getByRole('menuitem', { name: command }));
    await waitUntil(
      async () => {
        if (!(await entry.isVisible())) await this.item(name).click({ button: 'right' });
        if (!(await isThere(entry, lookTimeoutMs))) return false;
        // A menu takes no click in its first moments, so that the click that opened it chooses nothing.
        const isClicked = await entry.click({ timeout: lookTimeoutMs }).then(
          () => true,
          () => false,
        );
        return isClicked && (await isGone(entry, menuTimeoutMs));
      },
      `the menu of ${name} to take ${command}`,
      patienceMs,
    );
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
      lines.push(await this.#readFocused());
      const wentOn = (await this.#isParent()) ? await this.#enter() : await this.#moveDown();
      if (!wentOn) return lines;
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

  /** What a screen reader says of the node that has the focus; undefined while none has it. */
  async focusedName(): Promise<string | undefined> {
    const isOne = (await this.#focused.count()) === 1;
    return isOne ? ((await this.#focused.getAttribute('aria-label')) ?? undefined) : undefined;
  }

  /** What is said above the rows. */
  async message(): Promise<string> {
    const message = this.pane.locator('.message');
    return (await message.isVisible()) ? ((await message.textContent()) ?? '').trim() : '';
  }

  /** What stands behind the title. */
  async description(): Promise<string> {
    const description = this.pane.locator('.pane-header .description');
    return (await description.isVisible()) ? ((await description.textContent()) ?? '').trim() : '';
  }

  /** Opens the context menu of the focused node with the keyboard, and tells its entries. */
  async openMenuByKeyboard(): Promise<string[]> {
    await this.page.keyboard.press('Shift+F10');
    await this.#menuEntries.first().waitFor();
    const names = await this.#menuEntries.allTextContents();
    return names.map(text => text.trim());
  }

  /** Closes the context menu without a choice. */
  async leaveMenu(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.#menuEntries.first().waitFor({ state: 'detached' });
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

  get #menuEntries(): Locator {
    return this.page.locator('.context-view').getByRole('menuitem');
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
    const before = await this.#place();
    await this.page.keyboard.press('ArrowDown');
    return (await this.#place()) !== before;
  }

  /** Opens the focused node and goes to its first child, as soon as that is there. Every node that can be opened has one. */
  async #enter(): Promise<boolean> {
    const before = await this.#place();
    await waitUntil(
      async () => {
        await this.page.keyboard.press('ArrowRight');
        return (await this.#place()) !== before;
      },
      'a child of the focused node',
      patienceMs,
    );
    return true;
  }

  async #isParent(): Promise<boolean> {
    return (await this.#focused.getAttribute('aria-expanded')) !== null;
  }

  async #place(): Promise<string | null> {
    return this.#focused.getAttribute('data-index');
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
