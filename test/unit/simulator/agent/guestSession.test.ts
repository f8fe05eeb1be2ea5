import assert from 'node:assert/strict';
import type { SessionDocument } from '../../../../src/core/ports/sessionGateway';
import type { SessionEnd } from '../../../../src/ssm/channelStatus';
import { openSession, type Session } from '../../../../src/ssm/session';
import { GuestBench } from '../../../support/guestConsole';
import { PracticeSessions, target } from '../../../support/practiceSessions';
import { runFor, runToEnd, runUntil } from '../../../support/runTimeline';

/** A person at our client, a guest's operating system behind the agent, nothing faked in between. */
class Desk {
  readonly bench = new GuestBench();
  readonly world = new PracticeSessions({ timeline: this.bench.timeline, guest: this.bench.guest });
  text = '';
  end: SessionEnd | undefined;
  session!: Session;

  async open(document: SessionDocument): Promise<void> {
    this.session = await openSession(this.world.gateway, target, document, {
      ports: this.world.ports,
      size: { columns: 100, rows: 30 },
    });
    const decoder = new TextDecoder();
    this.session.onOutput(({ bytes }) => {
      this.text += decoder.decode(bytes, { stream: true });
    });
    this.session.onClose(end => {
      this.end = end;
    });
  }

  type(text: string): void {
    this.session.write(new TextEncoder().encode(text));
  }

  async shows(part: string): Promise<void> {
    await runUntil(this.world.timeline, () => this.text.includes(part), 30_000).catch((error: Error) => {
      throw new Error(`${error.message}; wanted ${JSON.stringify(part)}, shown ${JSON.stringify(this.text)}`);
    });
  }
}

describe('a guest behind the channel', () => {
  let desk: Desk;

  beforeEach(() => {
    desk = new Desk();
  });
  afterEach(() => desk.session.dispose());

  it('prompts, echoes, answers, knows the size, and ends with exit', async () => {
    await desk.open({ name: 'SSM-SessionManagerRunShell' });
    await desk.shows('$ ');
    desk.type('echo "$((6*7)) $(whoami)"; stty size\r');
    await desk.shows('42 ssm-user\r\n');
    await desk.shows('30 100\r\n');
    desk.type('exit\r');
    assert.equal((await runToEnd(desk.world.timeline, desk.session.closed, 10_000)).cause, 'finished');
  });

  it('interrupts what runs with Ctrl-C', async () => {
    await desk.open({ name: 'SSM-SessionManagerRunShell' });
    await desk.shows('$ ');
    desk.type('sleep 1000; echo slept\r');
    await runFor(desk.world.timeline, 500);
    desk.text = '';
    desk.type('\x03');
    await desk.shows('$ ');
    assert.doesNotMatch(desk.text, /slept/);
  });

  it('runs a command with its own end and status line, without echo or carriage returns', async () => {
    const command = `trap : INT; stty -echo -onlcr; timeout --foreground -s INT -k 5 60 sleep 30; echo "mark-7:$?"`;
    await desk.open({ name: 'AWS-StartInteractiveCommand', command });
    await runFor(desk.world.timeline, 4_000);
    desk.type('\x03');
    await desk.shows('mark-7:');
    await runToEnd(desk.world.timeline, desk.session.closed, 10_000);
    assert.match(desk.text, /^mark-7:\d+\n$/m);
    assert.doesNotMatch(desk.text, /\r/);
    assert.equal(desk.end?.cause, 'finished');
  });

  it('carries a long output whole', async () => {
    await desk.open({ name: 'AWS-StartInteractiveCommand', command: 'stty -onlcr; seq 1 20000' });
    await runToEnd(desk.world.timeline, desk.session.closed, 60_000);
    const expected = Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join('');
    assert.equal(desk.text, expected);
  });
});
