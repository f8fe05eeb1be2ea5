import type { Locator } from 'playwright-core';
import { waitUntil } from './waitUntil';
import type { WorkbenchDriver } from './workbenchDriver';

/** Answers that differ from the wizard's defaults. */
export interface WizardAnswers {
  /** Label of the scope; asked only where several are open. */
  readonly scope?: string;
  readonly securityGroup?: string;
  readonly privateDns?: 'Private DNS on' | 'Private DNS off';
}

const ENDPOINT = /^vpc-labs-ec2, ec2/;
/** Enough for a loaded machine with two cores. */
const readyTimeoutMs = 120_000;

/** The first lab as a new user does it: with mouse and keyboard, by what stands on the screen. */
export class EndpointJourney {
  constructor(readonly workbench: WorkbenchDriver) {}

  /** Clicks the button of the welcome view and waits for both accounts. */
  async startPractice(): Promise<void> {
    await this.workbench.openContainer('VPC Labs');
    const endpoints = await this.workbench.tree('Endpoints');
    await endpoints.welcome().getByRole('button', { name: 'Start the practice cloud' }).click();
    await endpoints.item(/^provider/).waitFor({ timeout: readyTimeoutMs });
    await endpoints.item(/^consumer/).waitFor();
  }

  /** Adds the scope of a profile of the AWS configuration, in the region that it names. */
  async addScope(profile: string): Promise<void> {
    await this.workbench.openContainer('VPC Labs');
    await this.workbench.palette('VPC Labs: Add a Scope');
    await this.workbench.quickInput.choose(profile);
    await this.workbench.quickInput.waitForStep(/\(2\/2\)/);
    await this.workbench.quickInput.accept();
    const endpoints = await this.workbench.tree('Endpoints');
    await endpoints.item(new RegExp(`^${profile}, ap-south-1, local`)).waitFor({ timeout: readyTimeoutMs });
  }

  /** Walks through the wizard with Enter, but for the answers given; waits until the tree says available. */
  async createEndpoint(answers: WizardAnswers = {}): Promise<void> {
    await this.openWizard(answers.scope);
    await this.walkToSummary(answers);
    await this.workbench.quickInput.accept();
    await this.waitUntilAvailable();
  }

  /** Creates an endpoint for a service of another account, by its name and else with Enter. */
  async askForService(scope: string, serviceName: string): Promise<void> {
    const { quickInput } = this.workbench;
    await this.openWizard(scope);
    await quickInput.type('A service by its name');
    await quickInput.choose('A service by its name');
    await quickInput.waitForStep(/\(2\/9\)/);
    await quickInput.type(serviceName);
    await quickInput.accept();
    await quickInput.options().first().waitFor();
    for (let step = 2; step <= 9; step++) {
      await this.#waitForStep(step);
      await quickInput.accept();
    }
  }

  /** The wizard's first step; the scope is asked for only where several are open. */
  async openWizard(scope?: string): Promise<void> {
    await this.workbench.palette('VPC Labs: Create Interface Endpoint');
    if (scope) await this.workbench.quickInput.choose(scope);
    await this.#waitForStep(1);
  }

  /** From the first step to the last, which is left open. */
  async walkToSummary(answers: WizardAnswers = {}): Promise<void> {
    const { securityGroup, privateDns } = answers;
    const choices = [undefined, undefined, undefined, undefined, securityGroup, privateDns, undefined, undefined];
    for (const [index, choice] of choices.entries()) {
      await this.#waitForStep(index + 1);
      if (choice) await this.workbench.quickInput.choose(choice);
      else await this.workbench.quickInput.accept();
    }
    await this.#waitForStep(choices.length + 1);
  }

  async waitUntilAvailable(): Promise<void> {
    const endpoints = await this.workbench.tree('Endpoints');
    await endpoints.item(ENDPOINT).waitFor({ timeout: readyTimeoutMs });
    await endpoints.item(/^vpc-labs-ec2, ec2, available/).waitFor({ timeout: readyTimeoutMs });
  }

  /** Addresses that the endpoint's node opens into. */
  async endpointAddresses(): Promise<string[]> {
    const endpoints = await this.workbench.tree('Endpoints');
    await endpoints.expand(ENDPOINT);
    await endpoints.item(/^Interfaces/).waitFor();
    const addressForm = /^172\.31\.\d+\.\d+/;
    await endpoints.item(addressForm).waitFor();
    return (await endpoints.names()).flatMap(name => addressForm.exec(name)?.[0] ?? []);
  }

  /** Opens the capture panel on the scope's instance and presses Start. */
  async startCapture(scope: string): Promise<void> {
    const instances = await this.workbench.tree('Instances');
    await instances.item(new RegExp(`^${scope}-instance.*online`)).waitFor({ timeout: readyTimeoutMs });
    await instances.chooseFromMenu(new RegExp(`^${scope}-instance`), 'Capture on Instance');
    await this.page.getByRole('button', { name: 'Start' }).click();
    await this.page.getByText('Listening.').waitFor({ timeout: readyTimeoutMs });
  }

  /** Opens a shell on the instance and runs a line in it; does not wait for its end. */
  async runInShell(scope: string, line: string): Promise<void> {
    await this.openShell(scope);
    await this.workbench.terminal.run(line);
  }

  /** Opens a shell on the scope's instance, and waits for its prompt. */
  async openShell(scope: string): Promise<void> {
    const instances = await this.workbench.tree('Instances');
    await instances.item(new RegExp(`^${scope}-instance.*online`)).waitFor({ timeout: readyTimeoutMs });
    await instances.chooseFromMenu(new RegExp(`^${scope}-instance`), 'Open Instance Shell…');
    await this.workbench.terminal.waitFor(/sh-5\.2\$ ?$/);
  }

  /** The capture page. */
  get page() {
    return this.workbench.webview();
  }

  /** The verdict's text once it begins with this word. */
  async verdict(label: 'Private' | 'Not private', timeoutMs = readyTimeoutMs): Promise<string> {
    const verdict = this.page.locator('.verdict');
    const text = async () => ((await verdict.textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();
    let last = '';
    await waitUntil(
      async () => {
        last = await text();
        return last.startsWith(`${label}.`);
      },
      () => `the verdict to begin with "${label}"; it says: ${last}`,
      timeoutMs,
    );
    return text();
  }

  /** What one column of the packet table shows, top down. */
  async column(name: 'source' | 'destination' | 'protocol' | 'info'): Promise<string[]> {
    return this.#texts(this.page.locator(`.packet-row:not([hidden]) .${name}`));
  }

  /** Addresses of the endpoint interfaces beside the packets whose rows are lit, with their counts. */
  async litInterfaces(): Promise<{ readonly address: string; readonly count: number }[]> {
    const rows = await this.page.locator('.interfaces li.lit').all();
    return Promise.all(
      rows.map(async row => ({
        address: ((await row.locator('.main').textContent()) ?? '').trim(),
        count: Number((await row.locator('.counter').textContent()) ?? ''),
      })),
    );
  }

  async #texts(cells: Locator): Promise<string[]> {
    return (await cells.allTextContents()).map(text => text.trim());
  }

  async #waitForStep(number: number): Promise<void> {
    await this.workbench.quickInput.waitForStep(new RegExp(`\\(${number}/9\\)`));
  }
}
