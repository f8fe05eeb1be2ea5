import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateVpcCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { deferred } from '../../../../src/base/async';
import { silentLog } from '../../../../src/base/log';
import type { WireRequest, WireResponse } from '../../../../src/core/ports/wire';
import { PracticeHome } from '../../../../src/simulator/node/practiceHome';
import { SharedPractice } from '../../../../src/simulator/node/sharedPractice';
import { WorldFolder } from '../../../../src/simulator/node/worldFolder';
import type { PracticeAccount } from '../../../../src/simulator/practiceCloud';
import type { FromWorker } from '../../../../src/simulator/workerProtocol';
import { clientsOf, type PracticeClients } from '../../../support/practice';
import { waitUntil } from '../../../support/waitUntil';

/** A window's end of the conversation. */
class Window {
  readonly closes: unknown[] = [];
  readonly #answers = new Map<number, (response: WireResponse) => void>();
  readonly #resets = new Map<number, () => void>();
  readonly #practice: SharedPractice;
  accounts: readonly PracticeAccount[] = [];
  greetings = 0;
  #lastId = 0;

  constructor(folder: string, rules = 'test') {
    const makeHome = () =>
      new PracticeHome({ world: 'default-vpc', pace: 1000, folder: new WorldFolder(folder), rules, log: silentLog });
    this.#practice = new SharedPractice(folder, makeHome, message => this.#hear(message), silentLog);
  }

  async join(): Promise<this> {
    await this.#practice.join();
    await waitUntil(() => this.greetings > 0, 'the greeting');
    return this;
  }

  close(): void {
    this.#practice.dispose();
  }

  get clients(): PracticeClients {
    const cloud = { accounts: this.accounts, handle: (request: WireRequest) => this.#ask(request) };
    return clientsOf(cloud, 0, { maxAttempts: 4 });
  }

  async ranges(): Promise<readonly string[]> {
    const { Vpcs = [] } = await this.clients.ec2.send(new DescribeVpcsCommand({}));
    return Vpcs.map(({ CidrBlock = '' }) => CidrBlock).sort();
  }

  openChannel(): void {
    const streamUrl = 'wss://any/v1/data-channel/nobody?role=publish_subscribe&cell-number=1';
    this.#practice.receive({ kind: 'channelOpen', id: ++this.#lastId, streamUrl, headers: {} });
  }

  reset(): Promise<void> {
    const id = ++this.#lastId;
    const done = deferred<void>();
    this.#resets.set(id, done.resolve);
    this.#practice.receive({ kind: 'reset', id });
    return done.promise;
  }

  #ask(request: WireRequest): Promise<WireResponse> {
    const id = ++this.#lastId;
    const answer = deferred<WireResponse>();
    this.#answers.set(id, answer.resolve);
    this.#practice.receive({ kind: 'request', id, request });
    return answer.promise;
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'ready') {
      this.greetings++;
      this.accounts = message.accounts;
    }
    if (message.kind === 'response') this.#answers.get(message.id)?.(message.response);
    if (message.kind === 'resetDone') this.#resets.get(message.id)?.();
    if (message.kind === 'channelClose') this.closes.push(message.close);
  }
}

const makeVpc = (window: Window, CidrBlock: string) => window.clients.ec2.send(new CreateVpcCommand({ CidrBlock }));

describe('a practice world that windows share', () => {
  let folder: string;
  let windows: Window[];

  const open = async (rules?: string) => {
    const window = new Window(folder, rules);
    windows.push(window);
    return window.join();
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shared-'));
    windows = [];
  });

  afterEach(() => {
    for (const window of windows) window.close();
    rmSync(folder, { recursive: true });
  });

  it('is one world: what one window makes, the other sees', async () => {
    const first = await open();
    const second = await open();
    assert.deepEqual(second.accounts, first.accounts);
    await makeVpc(second, '10.1.0.0/16');
    assert.deepEqual(await first.ranges(), ['10.1.0.0/16', '172.31.0.0/16']);
  });

  it('goes on in another window when its owner closes', async () => {
    const first = await open();
    const second = await open();
    await makeVpc(first, '10.1.0.0/16');
    first.close();
    assert.deepEqual(await second.ranges(), ['10.1.0.0/16', '172.31.0.0/16']);
    await makeVpc(second, '10.2.0.0/16');
    const third = await open();
    assert.deepEqual(await third.ranges(), ['10.1.0.0/16', '10.2.0.0/16', '172.31.0.0/16']);
    assert.equal(second.greetings, 1);
  });

  it('survives a restart of everything', async () => {
    const first = await open();
    await makeVpc(first, '10.1.0.0/16');
    first.close();
    const again = await open();
    assert.deepEqual(again.accounts, first.accounts);
    assert.deepEqual(await again.ranges(), ['10.1.0.0/16', '172.31.0.0/16']);
  });

  it('loads the snapshot under other rules, and leaves out what came since', async () => {
    const first = await open();
    await makeVpc(first, '10.1.0.0/16');
    first.close();
    const second = await open('other');
    assert.deepEqual(await second.ranges(), ['172.31.0.0/16']);
  });

  it('begins anew for everybody when one window resets it', async () => {
    const first = await open();
    const second = await open();
    await makeVpc(first, '10.1.0.0/16');
    await second.reset();
    assert.deepEqual([await first.ranges(), await second.ranges()], [['172.31.0.0/16'], ['172.31.0.0/16']]);
  });

  it('tells a window whose owner closes that its channels lost their link', async () => {
    const first = await open();
    const second = await open();
    await second.ranges();
    second.openChannel();
    first.close();
    await waitUntil(() => second.closes.length > 0, 'the close');
    assert.deepEqual(second.closes, [{ code: 1006, reason: '' }]);
  });
});
