import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../../src/cli/workbench/launchBrowser';
import { openWorkbench } from '../../src/cli/workbench/openWorkbench';
import { projectFolder } from '../../src/cli/workbench/projectFolder';
import type { WorkbenchServer } from '../../src/cli/workbench/workbenchServer';
import type { WorkbenchVersion } from '../../src/cli/workbench/workbenchVersion';
import { EditorDriver } from './editorDriver';
import { QuickInputDriver } from './quickInputDriver';
import { TerminalDriver } from './terminalDriver';
import { TreeDriver } from './treeDriver';
import { waitUntil } from './waitUntil';

/** Colour themes: the id in the newest settings, the name in the picker, and the class that the workbench wears. */
export const themes = {
  dark: { id: 'Dark Modern', label: 'Dark Modern', className: 'vscode-theme-defaults-themes-dark_modern-json' },
  light: {
    id: 'Light Modern',
    label: 'Light Modern',
    className: 'vscode-theme-defaults-themes-light_modern-json',
  },
  highContrast: {
    id: 'Default High Contrast',
    label: 'Dark High Contrast',
    className: 'vscode-theme-defaults-themes-hc_black-json',
  },
} as const;
export type Theme = keyof typeof themes;

export interface DriverOptions {
  /** The extension under development; ours by default, `null` for none. */
  readonly extensionFolder?: string | null;
  /** A folder with installed extensions. */
  readonly extensionsFolder?: string;
  /** What the picture must look like; without one the colours are not waited for. */
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** VS Code's newest by default. */
  readonly version?: WorkbenchVersion;
  /** The folder to open; none by default. */
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
}

const readyTimeoutMs = 120_000;
/** How long anything may take to appear: enough for a loaded machine with two cores. */
const patienceMs = 120_000;
const themeTimeoutMs = 30_000;
const lookTimeoutMs = 5_000;

async function isThere(locator: Locator, timeoutMs: number): Promise<boolean> {
  return locator.waitFor({ timeout: timeoutMs }).then(
    () => true,
    () => false,
  );
}

/** A real VS Code, driven from outside with mouse and keyboard as a person would. */
export class WorkbenchDriver {
  readonly quickInput: QuickInputDriver;
  readonly terminal: TerminalDriver;
  readonly editor: EditorDriver;

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: WorkbenchServer & { readonly url: string },
    private readonly scratchFolder: string,
  ) {
    this.quickInput = new QuickInputDriver(page);
    this.terminal = new TerminalDriver(page);
    this.editor = new EditorDriver(page);
  }

  /** Starts a server with a fresh profile and a browser; resolves when the workbench can be used. */
  static async open(options: DriverOptions = {}): Promise<WorkbenchDriver> {
    const scratchFolder = await mkdtemp(join(tmpdir(), 'vpc-labs-workbench-'));
    const { extensionFolder = projectFolder(), extensionsFolder, version, folder, environment } = options;
    const server = await openWorkbench({
      dataFolder: scratchFolder,
      ...(extensionFolder === null ? {} : { extensionFolder }),
      ...(extensionsFolder ? { extensionsFolder } : {}),
      ...(version ? { version } : {}),
      ...(folder ? { folder } : {}),
      ...(environment ? { environment } : {}),
      settings: {
        // The terminal's text is in the document only when it is drawn without a canvas.
        'terminal.integrated.gpuAcceleration': 'off',
        'extensions.autoCheckUpdates': false,
        'workbench.colorTheme': themes[options.theme ?? 'dark'].id,
        ...options.settings,
      },
      report: console.error,
    });
    const browser = await launchBrowser();
    const size = { width: options.width ?? 1500, height: options.height ?? 950 };
    const page = await browser.newPage({
      viewport: size,
      colorScheme: options.theme === 'light' ? 'light' : 'dark',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page.setDefaultTimeout(patienceMs);
    const driver = new WorkbenchDriver(page, browser, server, scratchFolder);
    await driver.load(options.theme).catch(async error => {
      await driver.close();
      throw error;
    });
    return driver;
  }

  /** Where the extension keeps the practice cloud that its windows share. */
  get practiceFolder(): string {
    return join(this.scratchFolder, 'data/User/globalStorage/vpc-endpoint-labs.vpc-endpoint-labs/practice');
  }

  /** Loads the window anew, as after a restart: extensions are activated again. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.waitUntilReady();
  }

  private async load(theme: Theme | undefined): Promise<void> {
    await this.page.goto(this.server.url);
    await this.waitUntilReady();
    if (theme) await this.applyTheme(theme);
  }

  private async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar .action-item').first().waitFor({ timeout: readyTimeoutMs });
    await this.page.locator('.statusbar-item').first().waitFor({ timeout: readyTimeoutMs });
  }

  /** The theme of the settings sometimes loses against the default one at start; then it is picked by hand. */
  private async applyTheme(theme: Theme): Promise<void> {
    const themed = this.page.locator(`.monaco-workbench.${themes[theme].className}`);
    if (await isThere(themed, themeTimeoutMs)) return;
    await this.palette('Preferences: Color Theme');
    await this.quickInput.waitForQuestion('Color Theme');
    await this.quickInput.type(themes[theme].label);
    await this.quickInput.choose(themes[theme].label);
    await themed.waitFor();
  }

  /** Runs a command by its title in the palette, e.g. `VPC Labs: Start the Practice Cloud`. */
  async palette(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.waitForValue('>');
    await this.quickInput.type(`>${title}`);
    await this.quickInput.choose(title);
    await this.quickInput.waitUntilGone(title);
  }

  /** Opens a container of the activity bar by its title. */
  async openContainer(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title });
    const heading = this.page.locator('.sidebar .composite.title').getByText(title, { exact: false }).first();
    await waitUntil(
      async () => {
        // A click on the tab of an open container closes it.
        if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
        return isThere(heading, lookTimeoutMs);
      },
      `the container ${title}`,
      patienceMs,
    );
  }

  /** The title of the container that is open in the side bar. */
  async openedContainer(): Promise<string> {
    return ((await this.page.locator('.sidebar .composite.title .title-label').textContent()) ?? '').trim();
  }

  /** The number on a container of the activity bar; empty without one. */
  async badge(title: string): Promise<string> {
    const badge = this.page.locator('.activitybar').getByRole('tab', { name: title }).locator('.badge-content');
    return (await badge.isVisible()) ? ((await badge.textContent()) ?? '').trim() : '';
  }

  /** A view of the side bar by its title, expanded if it was collapsed. */
  async tree(title: string): Promise<TreeDriver> {
    return TreeDriver.open(this.page, title);
  }

  /** The content of the webview in front. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
  }

  /** A notification that holds this text. VS Code shows a driven window none by itself, so the list of them is opened. */
  async notification(text: string | RegExp): Promise<Locator> {
    await this.palette('Notifications: Show Notifications');
    return this.page.locator('.notifications-center .notification-list-item').filter({ hasText: text });
  }

  /** The modal dialog in front. */
  dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  async answerDialog(button: string): Promise<void> {
    await this.dialog().getByRole('button', { name: button, exact: true }).click();
    await this.dialog().waitFor({ state: 'detached' });
  }

  /** Saves a picture of the whole workbench. */
  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    await rm(this.scratchFolder, { recursive: true, force: true });
  }
}
