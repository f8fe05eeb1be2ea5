import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './waitUntil';

const limitMs = 120_000;
/** A list that has not changed for so long is complete: it is filtered some time after the last key. */
const settledMs = 300;

const furtherTimeoutMs = 60_000;

/** The quick pick or input box in front. */
export class QuickInputDriver {
  readonly widget: Locator;
  readonly #input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget');
    this.#input = this.widget.locator('.quick-input-box input');
  }

  /** Waits for a step by its title (the part before "(2/5)" is enough). */
  async waitForStep(title: string | RegExp): Promise<void> {
    await this.widget.locator('.quick-input-title').filter({ hasText: title }).waitFor({ timeout: limitMs });
  }

  /** Waits for a question without a title, by what stands in its empty box. */
  async waitForQuestion(placeholder: string): Promise<void> {
    await this.widget.getByPlaceholder(placeholder).waitFor();
  }

  async title(): Promise<string> {
    return (await this.widget.locator('.quick-input-title').textContent()) ?? '';
  }

  /** Replaces what stands in the box. */
  async type(text: string): Promise<void> {
    await this.#input.waitFor();
    await this.#input.fill(text);
  }

  /** Waits until the box begins with this, as the palette's does with ">". */
  async waitForValue(prefix: string): Promise<void> {
    const isSo = async () => (await this.#input.isVisible()) && (await this.value()).startsWith(prefix);
    await waitUntil(isSo, `the box to begin with "${prefix}"`, limitMs);
  }

  async value(): Promise<string> {
    return this.#input.inputValue();
  }

  /** The rows in view, of a list that takes one or several. */
  options(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }

  /** What is wrong with the value, or empty. */
  async message(): Promise<string> {
    return (await this.widget.locator('.quick-input-message').textContent()) ?? '';
  }

  /** Clicks the row of this name, or else the first whose text holds it, once the list stands still. */
  async choose(name: string): Promise<void> {
    const row = this.options().filter({ hasText: name }).first();
    await row.waitFor({ timeout: limitMs });
    await this.#standStill();
    const exact = this.options().filter({ has: this.page.getByText(name, { exact: true }) });
    await ((await exact.count()) > 0 ? exact.first() : row).click();
  }

  /** Checks every row of a list that takes several. */
  async checkAll(): Promise<void> {
    await this.#standStill();
    const box = this.widget.locator('.quick-input-header').getByRole('checkbox').first();
    await box.click();
  }

  /** Takes the default: Enter. */
  async accept(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  /** Takes the default at every question of a wizard, up to the last one, which is left open. */
  async acceptUntilLast(): Promise<void> {
    for (let place = await this.#place(); place.number < place.total; place = await this.#place()) {
      const { question } = place;
      await this.accept();
      const isAnother = async () => (await this.#place()).question !== question;
      await waitUntil(isAnother, `a question after "${question}"`, furtherTimeoutMs);
    }
  }

  /** Waits until a summary says whether AWS would allow it, or has no such line. */
  async waitForPermission(): Promise<void> {
    await this.options().filter({ hasText: 'Asking AWS…' }).waitFor({ state: 'detached' });
  }

  async back(): Promise<void> {
    await this.widget.getByRole('button', { name: 'Back' }).click();
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.waitUntilClosed();
  }

  /** Where the wizard is: "(2/5)", and what it asks; two questions of one step differ in words only. */
  async #place(): Promise<{ readonly number: number; readonly total: number; readonly question: string }> {
    await this.waitForStep(/\(\d+\/\d+\)/);
    const title = await this.title();
    const [, number, total] = /\((\d+)\/(\d+)\)/.exec(title) ?? [];
    const words = [await this.#input.getAttribute('placeholder'), await this.message()];
    return { number: Number(number), total: Number(total), question: [title, ...words].join(' ') };
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden', timeout: limitMs });
  }

  /** Waits until this is asked for no more: the question was taken, and another one may stand there already. */
  async waitUntilGone(value: string): Promise<void> {
    const isSo = async () => !(await this.#input.isVisible()) || !(await this.value()).endsWith(value);
    await waitUntil(isSo, `"${value}" to be taken`, limitMs);
  }

  /** A row that is clicked while the list is still changing may be another one by then. */
  async #standStill(): Promise<void> {
    let seen = '';
    let sinceMs = Date.now();
    await waitUntil(
      async () => {
        const now = (await this.options().allTextContents()).join('\n');
        if (now !== seen) [seen, sinceMs] = [now, Date.now()];
        return now !== '' && Date.now() - sinceMs >= settledMs;
      },
      () => `the list to stand still; it shows:\n${seen}`,
      limitMs,
    );
  }
}
