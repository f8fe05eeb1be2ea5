import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../src/cli/workbench/launchBrowser';
import { type PageServer, startPageServer } from './pageServer';
import type { Theme } from './workbenchDriver';

export interface PageOptions {
  /** `capture` loads dist/media/capture.js and capture.css. */
  readonly page: string;
  /** What the host puts into the body, e.g. `<div id="capture" data-labels="…"></div>`. */
  readonly body: string;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
}

/** What a screen reader user would stumble over. */
export interface Violation {
  readonly rule: string;
  readonly help: string;
  readonly targets: readonly string[];
}

const bodyClass: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  highContrast: 'vscode-dark vscode-high-contrast',
};

/** A built page in a headless browser as VS Code would show it: theme colours, strict security policy, a host that only records. */
export class PageRig {
  /** Script errors and what the security policy refused. */
  readonly errors: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly server: PageServer,
  ) {
    page.on('pageerror', error => this.errors.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async open(options: PageOptions): Promise<PageRig> {
    const server = await startPageServer(document(options));
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: options.width ?? 1200, height: options.height ?? 800 } });
    const rig = new PageRig(page, browser, server);
    await page.addInitScript(hostInPage);
    await page.goto(server.address);
    return rig;
  }

  /** Hands the page a message of the host; array buffers in it arrive as such. */
  async push(message: unknown): Promise<void> {
    await this.page.evaluate(`fakeHost.push(${JSON.stringify(message, encodeBuffer)})`);
  }

  /** The messages that the page has sent, oldest first. */
  async sent<T = unknown>(): Promise<T[]> {
    return this.page.evaluate<T[]>('fakeHost.sent');
  }

  /** Runs axe on the page as it is now. */
  async violations(): Promise<Violation[]> {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate<axe.AxeResults>('axe.run()');
    return violations.map(({ id, help, nodes }) => ({
      rule: id,
      help,
      targets: nodes.map(({ target }) => target.join(' ')),
    }));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

function encodeBuffer(_key: string, value: unknown): unknown {
  return value instanceof ArrayBuffer ? { base64: Buffer.from(value).toString('base64') } : value;
}

/** What a webview has before its own script runs. */
const hostInPage = `
  const decode = (_key, value) => value && typeof value.base64 === 'string'
    ? Uint8Array.from(atob(value.base64), character => character.charCodeAt(0)).buffer
    : value;
  globalThis.fakeHost = {
    sent: [],
    push(message) { window.postMessage(JSON.parse(JSON.stringify(message), decode), '*'); },
  };
  globalThis.acquireVsCodeApi = () => ({
    postMessage: message => void fakeHost.sent.push(message),
    // Outlives the page, as the editor's does.
    getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: next => sessionStorage.setItem('state', JSON.stringify(next)),
  });
`;

function document({ page, body, theme = 'dark' }: PageOptions): string {
  const nonce = 'cmFuZG9tLWZvci10ZXN0cw';
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'self'; font-src 'self'; img-src 'self'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <title>${page}</title>
  <link rel="stylesheet" href="/${theme}.css">
  <link rel="stylesheet" href="/webview.css">
  <link rel="stylesheet" href="/codicon.css" id="vscode-codicon-stylesheet">
  <link rel="stylesheet" href="/${page}.css">
</head>
<body class="${bodyClass[theme]}" data-vscode-theme-kind="${bodyClass[theme]}">
  ${body}
  <script nonce="${nonce}" src="/${page}.js" type="module"></script>
</body>
</html>`;
}
