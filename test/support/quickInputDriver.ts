import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './waitUntil';

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
    await this.widget.locator('.quick-input-title').filter({ hasText: title }).waitFor();
  }

  async title(): Promise<string> {
    return (await this.widget.locator('.quick-input-title').textContent()) ?? '';
  }

  /** Replaces what stands in the box; `keepPrefix` goes on typing after it, as the palette's ">" wants. */
  async type(text: string, { keepPrefix = false } = {}): Promise<void> {
    await this.#input.waitFor();
    if (keepPrefix) await this.#input.pressSequentially(text);
    else await this.#input.fill(text);
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

  /** Clicks the row whose name begins with this text. */
  async choose(name: string): Promise<void> {
    const label = this.widget.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first();
    await label.click();
  }

  /** Checks every row of a list that takes several. */
  async checkAll(): Promise<void> {
    await this.widget.locator('.quick-input-header').getByRole('checkbox').first().click();
  }

  /** Takes the default: Enter. */
  async accept(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  /** Takes the default at every question of a wizard, up to the last one, which is left open. */
  async acceptUntilLast(): Promise<void> {
    for (let place = await this.#place(); place.number < place.total; ) {
      const { number } = place;
      await this.accept();
      const isFurther = async () => {
        place = await this.#place();
        return place.number > number;
      };
      await waitUntil(isFurther, `a question after ${number}`);
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

  /** Where the wizard is: "(2/5)". */
  async #place(): Promise<{ readonly number: number; readonly total: number }> {
    await this.waitForStep(/\(\d+\/\d+\)/);
    const [, number, total] = /\((\d+)\/(\d+)\)/.exec(await this.title()) ?? [];
    return { number: Number(number), total: Number(total) };
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }
}
