import type { DevicePage, SignInDesk } from '../../src/core/ports/signIn';

/** A person at a sign-in, by what a test says; remembers what was asked. */
export class FakeDesk implements SignInDesk {
  readonly serials: string[] = [];
  readonly pages: DevicePage[] = [];
  readonly cliWords: (readonly string[])[] = [];
  mfaCode: string | undefined = '123456';
  cli: () => 'done' | 'failed' | 'missing' = () => 'missing';
  readonly givesUp = new AbortController();
  /** Whether the code is shown now. */
  isShowing = false;

  async askMfaCode(serial: string): Promise<string | undefined> {
    this.serials.push(serial);
    return this.mfaCode;
  }

  async runAwsCli(words: readonly string[]) {
    this.cliWords.push(words);
    return this.cli();
  }

  showDeviceCode(page: DevicePage, until: Promise<unknown>): AbortSignal {
    this.pages.push(page);
    this.isShowing = true;
    void until.then(() => {
      this.isShowing = false;
    });
    return this.givesUp.signal;
  }
}
