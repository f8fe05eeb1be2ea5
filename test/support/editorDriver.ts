import type { Locator, Page } from 'playwright-core';

/** The text editor in front. */
export class EditorDriver {
  readonly #editor: Locator;

  constructor(private readonly page: Page) {
    this.#editor = page.locator('.editor-instance .monaco-editor').last();
  }

  /** Pastes over all that stands there. */
  async replace(text: string): Promise<void> {
    await this.#editor.locator('.view-lines').click();
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  /** The underlined places of what is wrong. */
  problems(): Locator {
    return this.#editor.locator('.squiggly-error, .squiggly-warning');
  }
}
