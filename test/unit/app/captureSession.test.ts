import assert from 'node:assert/strict';
import type { Scope } from '../../../src/app/appModel';
import { CaptureSession } from '../../../src/app/captureSession';
import { Emitter } from '../../../src/base/event';
import type { CaptureLimits, CaptureStartOptions } from '../../../src/core/captureOptions';
import { LabError } from '../../../src/core/errors';
import type { Instance } from '../../../src/core/network';
import { known } from '../../../src/core/snapshot';
import type { Verdict } from '../../../src/core/verdict';
import { FakeCloud } from '../../support/fakeGateways';
import type { FakeTerminal } from '../../support/fakeGuest';
import {
  endpoint,
  endpointId,
  endpointInterface,
  endpointInterfaceB,
  instance,
  networkInterface,
  subnetB,
  unread,
} from '../../support/networkBuilders';
import { target as instanceId, PracticeSessions, place } from '../../support/practiceSessions';
import { runFor, runToEnd, runUntil } from '../../support/runTimeline';

const LISTENING = 'listening on enX0, link-type EN10MB (Ethernet), snapshot length 256 bytes\n';
const FACTS = {
  user: 'ssm-user',
  uid: '1001',
  sudo: '0 ',
  tcpdump: '/usr/sbin/tcpdump',
  installer: '/usr/bin/dnf',
  interface: 'enX0 UP 172.31.37.141/20',
  channel: '52.95.1.1 STREAM ssmmessages',
};
const probed = (changes: Partial<typeof FACTS> = {}) =>
  Object.entries({ ...FACTS, ...changes })
    .map(([fact, value]) => `==${fact} ${value}\n`)
    .join('');
const limits: CaptureLimits = { mode: 'lines', packetLimit: 1_000, timeLimitSeconds: 900, snapLengthBytes: 256 };

const startOptions = (filter: string, others: Partial<CaptureStartOptions> = {}): CaptureStartOptions => ({
  ...limits,
  filter,
  interfaceName: undefined,
  ...others,
});

const line = (from: string, to: string, rest: string) => `2026-11-21 09:00:10.000001 IP ${from} > ${to}: ${rest}\n`;
const own = '172.31.37.141.38482';
const syn = (to: string) => line(own, `${to}.443`, 'Flags [S], seq 1, win 1, length 0');
const talk = (to: string) =>
  syn(to) +
  line(`${to}.443`, own, 'Flags [S.], seq 1, ack 2, win 1, length 0') +
  line(own, `${to}.443`, 'Flags [P.], seq 1:518, ack 1, win 1, length 517');

/** A capture on an instance whose programs the test plays. */
class Stage {
  readonly sessions = new PracticeSessions();
  readonly cloud = new FakeCloud();
  readonly scope: { -readonly [Key in keyof Scope]: Scope[Key] };
  readonly changes = new Emitter<{ readonly scope: Scope }>();
  readonly capture: CaptureSession;
  readonly statuses: string[] = [];
  starting: Promise<void> = Promise.resolve();
  #seen = 0;

  constructor(options: { endpointId?: typeof endpointId } = {}) {
    const interfaces = [
      networkInterface({ instanceId }),
      endpointInterface(),
      endpointInterface({ id: endpointInterfaceB, subnetId: subnetB, privateIpAddress: '172.31.14.109' }),
    ];
    this.cloud.snapshot = {
      ...this.cloud.snapshot,
      instances: known([instance({ id: instanceId, tags: { Name: 'lab-instance' } })]),
      networkInterfaces: known(interfaces),
    };
    const gateways = { ...this.cloud.gateways, sessions: this.sessions.gateway };
    this.scope = { ...this.cloud.scope, gateways: async () => gateways };
    this.capture = new CaptureSession(
      { scope: this.scope, instanceId, ...options },
      { ports: this.sessions.ports, limits, changes: this.changes.event },
    );
    this.capture.onDidChange(({ phase }) => {
      if (this.statuses.at(-1) !== phase) this.statuses.push(phase);
    });
  }

  get terminal(): FakeTerminal {
    return this.sessions.terminal;
  }

  /** The mark that the last command prints at its end. */
  get mark(): string {
    return /vpc-labs-[0-9a-f-]+/.exec(this.terminal.command ?? '')?.[0] ?? '';
  }

  /** The instance as AWS describes it from now on. */
  become(changes: Partial<Instance>): void {
    const own = instance({ id: instanceId, tags: { Name: 'lab-instance' }, ...changes });
    this.cloud.snapshot = { ...this.cloud.snapshot, instances: known([own]) };
  }

  verdict(): Verdict {
    return this.capture.status.verdict;
  }

  /** Waits for the next program on the instance. */
  async program(): Promise<FakeTerminal> {
    const before = this.#seen;
    await runUntil(this.sessions.timeline, () => this.sessions.guest.terminals.length > before, 10_000);
    this.#seen = this.sessions.guest.terminals.length;
    return this.terminal;
  }

  async probe(changes: Partial<typeof FACTS> = {}): Promise<void> {
    await this.program();
    this.finish(`${probed(changes)}\n`, 0);
  }

  /** Up to where tcpdump would say its first words. */
  async begin(filter = 'port 443'): Promise<void> {
    this.starting = this.capture.start(startOptions(filter));
    await this.probe();
    await this.program();
  }

  async listen(filter?: string): Promise<void> {
    await this.begin(filter);
    this.answerKeys();
    this.terminal.show(LISTENING);
    await this.run(this.starting);
  }

  /** Plays tcpdump's end on Ctrl-C. */
  answerKeys(): void {
    this.terminal.onKeys = () => this.finish('4 packets captured\n0 packets dropped by kernel\n', 0);
  }

  finish(text: string, status: number): void {
    this.terminal.show(`${text}${this.mark}:${status}\n`);
    this.terminal.exit();
  }

  until(phase: string): Promise<void> {
    return runUntil(this.sessions.timeline, () => this.capture.status.phase === phase, 120_000);
  }

  run<T>(work: Promise<T>): Promise<T> {
    return runToEnd(this.sessions.timeline, work, 120_000);
  }

  pass(durationMs: number): Promise<void> {
    return runFor(this.sessions.timeline, durationMs);
  }
}

describe('a capture', () => {
  it('asks the instance where, then runs tcpdump there without its own channel', async () => {
    const stage = new Stage();
    await stage.listen('port 443 and host 172.31.36.107');
    const { command } = stage.terminal;
    assert.match(command ?? '', / -i enX0 -c 1000 -s 256 /);
    assert.match(command ?? '', /not \(tcp port 443 and \(host 52\.95\.1\.1\)\)/);
    assert.match(command ?? '', /timeout --foreground -s INT -k 5 900 /);
    assert.deepEqual(stage.statuses.slice(-2), ['starting', 'running']);
    assert.equal(stage.capture.status.isFilterUnchecked, false);
    stage.capture.dispose();
  });

  it('begins as it is asked: interface, limits and mode are those of this start', async () => {
    const stage = new Stage();
    assert.deepEqual(stage.capture.status.startOptions, startOptions('port 443 or port 53'));
    const asked = startOptions('icmp', { interfaceName: 'ens6', mode: 'compact', packetLimit: 7, timeLimitSeconds: 8 });
    stage.starting = stage.capture.start({ ...asked, snapLengthBytes: 90 });
    await stage.probe({ interface: 'ens6 UP 172.31.9.9/20' });
    await stage.program();
    assert.match(stage.terminal.command ?? '', /-k 5 8 tcpdump -l -nn -tttt -q -i ens6 -c 7 -s 90 /);
    assert.equal(stage.capture.status.startOptions.snapLengthBytes, 90);
    stage.capture.dispose();
  });

  it('predicts before the first packet, and judges as packets come', async () => {
    const stage = new Stage();
    await stage.run(stage.capture.refreshNetwork());
    assert.equal(stage.capture.status.instance.name, 'lab-instance');
    assert.equal(stage.capture.status.prediction?.outcome.kind, 'reachesEndpoint');
    await stage.listen();
    assert.deepEqual(stage.verdict(), { kind: 'cannotTell', missing: 'noPackets', packets: 0 });
    stage.terminal.show(talk('172.31.36.107'));
    await stage.pass(1_000);
    const verdict = stage.verdict();
    const { interfaces } = stage.capture.status;
    assert.ok(verdict.kind === 'private', JSON.stringify(verdict));
    assert.deepEqual([verdict.endpointId, verdict.packets, verdict.ofPackets], [endpointId, 3, 3]);
    const { interfaceCounts, count } = stage.capture.snapshot();
    assert.equal(count, 3);
    assert.equal(interfaceCounts[interfaces.findIndex(({ address }) => address === '172.31.36.107')], 3);
    stage.capture.dispose();
  });

  it('says why the network could not be read again, and goes on with what it knew', async () => {
    const stage = new Stage();
    await stage.run(stage.capture.refreshNetwork());
    stage.cloud.failures.set('readSnapshot', new LabError('credentialsExpired'));
    await assert.rejects(stage.run(stage.capture.refreshNetwork()), { code: 'credentialsExpired' });
    assert.equal(stage.capture.status.routeTable.known, true);
    assert.equal(stage.capture.status.prediction?.outcome.kind, 'reachesEndpoint');
    stage.capture.dispose();
  });

  it('sends pictures, not packets: at most thirty a second', async () => {
    const stage = new Stage();
    await stage.listen();
    let rows = 0;
    let pictures = 0;
    stage.capture.onRows(({ count }) => {
      rows += count;
      pictures++;
    });
    for (let second = 0; second < 300; second++) {
      stage.terminal.show(syn('172.31.36.107'));
      await stage.pass(10);
    }
    await stage.pass(1_000);
    assert.equal(rows, 300);
    assert.ok(pictures > 60 && pictures <= 125, `${pictures} pictures in 4 s`);
    stage.capture.dispose();
  });

  it('stops with Ctrl-C, so that the closing lines still come, and leaves no session', async () => {
    const stage = new Stage();
    await stage.listen();
    stage.terminal.show(syn('172.31.36.107'));
    await stage.run(stage.capture.stop());
    const { phase, end, droppedByKernel } = stage.capture.status;
    assert.deepEqual([phase, end, droppedByKernel], ['stopped', 'stopped', 0]);
    assert.deepEqual(stage.terminal.keys, [3]);
    assert.equal(stage.sessions.terminated.length, 2);
    assert.equal(stage.capture.snapshot().count, 1);
  });

  const failures: readonly (readonly [string, string, number, string])[] = [
    [
      'tcpdump is not installed',
      'timeout: failed to run command \u2018tcpdump\u2019: No such file or directory\n',
      127,
      'captureToolMissing',
    ],
    ['sudo wants a password', 'sudo: a password is required\n', 1, 'captureNotPermitted'],
    [
      'the interface is gone',
      'tcpdump: enX0: No such device exists\n(No such device exists)\n',
      1,
      'captureInterfaceMissing',
    ],
    ['the filter is none', "tcpdump: can't parse filter expression: syntax error\n", 1, 'filterInvalid'],
    [
      'root may not',
      "tcpdump: enX0: You don't have permission to perform this capture on that device\n",
      1,
      'captureNotPermitted',
    ],
    ['nobody says why', '', 1, 'captureFailed'],
    ['the shell finds nothing', '', 127, 'captureToolMissing'],
  ];
  for (const [what, text, status, code] of failures) {
    it(`fails with ${code} when ${what}`, async () => {
      const stage = new Stage();
      await stage.begin();
      stage.finish(text, status);
      await stage.run(stage.starting);
      assert.equal(stage.capture.status.phase, 'failed');
      assert.equal(stage.capture.status.error?.code, code);
      assert.equal(stage.sessions.terminated.length, 2);
    });
  }

  const obstacles: readonly (readonly [string, Partial<typeof FACTS>, string])[] = [
    ['tcpdump is not installed', { tcpdump: '' }, 'captureToolMissing'],
    ['sudo wants a password', { sudo: '1 sudo: a password is required' }, 'captureNotPermitted'],
    ['there is no sudo', { sudo: '127 sh: 1: sudo: not found' }, 'captureNotPermitted'],
    ['there is no such interface', { interface: 'ens5 UP 172.31.37.141/20' }, 'captureInterfaceMissing'],
  ];
  for (const [what, facts, code] of obstacles) {
    it(`does not start tcpdump when ${what}, and asks again the next time`, async () => {
      const stage = new Stage();
      stage.starting = stage.capture.start(startOptions('port 443', { interfaceName: 'enX0' }));
      await stage.probe(facts);
      await stage.run(stage.starting);
      const { phase, error } = stage.capture.status;
      assert.deepEqual([phase, error?.code, error?.parameters.instanceId], ['failed', code, instanceId]);
      assert.equal(stage.sessions.terminated.length, 1);
      await stage.listen();
      assert.equal(stage.capture.status.phase, 'running');
      stage.capture.dispose();
    });
  }

  it('needs no sudo as root', async () => {
    const stage = new Stage();
    stage.starting = stage.capture.start(startOptions('port 443'));
    await stage.probe({ user: 'root', uid: '0', sudo: '127 sh: 1: sudo: not found' });
    await stage.program();
    assert.match(stage.terminal.command ?? '', /; timeout --foreground/);
    stage.capture.dispose();
  });

  it('captures on the interface that was chosen, and tells which there are', async () => {
    for (const interfaceName of ['docker0', 'any']) {
      const stage = new Stage();
      stage.starting = stage.capture.start(startOptions('port 443', { interfaceName }));
      await stage.probe({ interface: 'enX0 UP 172.31.37.141/20\n==interface docker0 UP 172.17.0.1/16' });
      await stage.program();
      assert.ok(stage.terminal.command?.includes(` -i ${interfaceName} `), stage.terminal.command);
      const { status } = stage.capture;
      assert.deepEqual(
        [status.startOptions.interfaceName, status.interfaceNames],
        [interfaceName, ['enX0', 'docker0']],
      );
      stage.capture.dispose();
    }
  });

  it('asks the instance again for an interface that it did not have before', async () => {
    const stage = new Stage();
    await stage.listen();
    await stage.run(stage.capture.stop());
    stage.starting = stage.capture.start(startOptions('', { interfaceName: 'eth1' }));
    await stage.probe({ interface: 'eth1 UP 172.31.9.9/20' });
    await stage.program();
    assert.match(stage.terminal.command ?? '', / -i eth1 /);
    stage.capture.dispose();
  });

  it('takes no interface name that could leave its place in the command, before anything runs', async () => {
    const stage = new Stage();
    await stage.run(stage.capture.start(startOptions('', { interfaceName: 'eth0; reboot' })));
    assert.equal(stage.capture.status.error?.code, 'interfaceNameInvalid');
    assert.equal(stage.sessions.guest.terminals.length, 0);
  });

  it('leaves no session behind when the network cannot be read while the instance is asked', async () => {
    const stage = new Stage();
    stage.cloud.failures.set('readSnapshot', new LabError('credentialsExpired'));
    stage.starting = stage.capture.start(startOptions('port 443'));
    await stage.probe();
    await stage.run(stage.starting);
    assert.deepEqual([stage.capture.status.phase, stage.capture.status.error?.code], ['failed', 'credentialsExpired']);
    assert.equal(stage.sessions.terminated.length, stage.sessions.guest.terminals.length);
  });

  it('tells its ends apart: packet limit, time limit, lost session', async () => {
    const ends: readonly (readonly [string, number | undefined, string])[] = [
      ['1000 packets captured\n', 0, 'packetLimit'],
      ['7 packets captured\n', 124, 'timeLimit'],
      ['', undefined, 'sessionEnded'],
    ];
    for (const [text, status, end] of ends) {
      const stage = new Stage();
      await stage.listen();
      if (status === undefined) stage.terminal.exit(1);
      else stage.finish(text, status);
      await stage.until('stopped');
      assert.equal(stage.capture.status.end, end);
    }
  });

  it('gives up when tcpdump says nothing for half a minute', async () => {
    const stage = new Stage();
    await stage.begin();
    await stage.run(stage.starting);
    assert.equal(stage.capture.status.error?.code, 'sessionTimedOut');
    assert.ok(stage.terminal.isHungUp);
  });

  it('refuses a filter that could leave its quotes, before anything runs', async () => {
    const stage = new Stage();
    stage.starting = stage.capture.start(startOptions('port 443\n; reboot'));
    await stage.probe();
    await stage.run(stage.starting);
    assert.equal(stage.capture.status.error?.code, 'filterInvalid');
    assert.equal(stage.sessions.guest.terminals.length, 1);
  });

  it('lets tcpdump decide about a filter that we do not know', async () => {
    const stage = new Stage();
    await stage.listen('vlan 100 and wlan type mgt');
    assert.equal(stage.capture.status.isFilterUnchecked, true);
    stage.capture.dispose();
  });

  it('says that the instance is not connected', async () => {
    const stage = new Stage();
    stage.sessions.gateway.startSession = () => Promise.reject(new LabError('targetNotConnected', { instanceId }));
    await stage.run(stage.capture.start(startOptions('')));
    assert.deepEqual([stage.capture.status.phase, stage.capture.status.error?.code], ['failed', 'targetNotConnected']);
  });

  it('says why the instance is not connected, where that can be read', async () => {
    const stage = new Stage();
    stage.sessions.gateway.startSession = () => Promise.reject(new LabError('targetNotConnected', { instanceId }));
    const instanceProfileArn = 'arn:aws:iam::111122223333:instance-profile/lab';
    const reasons: readonly (readonly [Partial<Instance>, string, string])[] = [
      [{ state: 'stopped' }, 'notRunning', 'stopped'],
      [{ instanceProfileArn: undefined }, 'noProfile', ''],
      [{ instanceProfileArn, launchedAtMs: stage.sessions.timeline.now() }, 'registering', ''],
      [{ instanceProfileArn }, 'notRegistered', ''],
    ];
    for (const [changes, reach, state] of reasons) {
      stage.become(changes);
      await stage.run(stage.capture.start(startOptions('')));
      assert.deepEqual(stage.capture.status.error?.parameters, { instanceId, reach, state });
    }
  });

  it('says that the instance was stopped in the middle', async () => {
    const stage = new Stage();
    await stage.listen();
    stage.become({ state: 'stopping' });
    stage.terminal.exit(1);
    await stage.until('failed');
    const { error } = stage.capture.status;
    assert.deepEqual([error?.code, error?.parameters.state], ['targetNotConnected', 'stopping']);
    assert.equal(stage.sessions.terminated.length, 1);
  });

  it('ends when Session Manager has lost an instance that has stopped, and waits for one that runs', async () => {
    const stage = new Stage();
    await stage.listen();
    stage.sessions.service.loseTarget(place, instanceId);
    await stage.pass(60_000);
    assert.deepEqual([stage.capture.status.phase, stage.capture.status.link?.kind], ['running', 'agentUnreachable']);
    stage.become({ state: 'stopped' });
    await stage.until('failed');
    const { error } = stage.capture.status;
    assert.deepEqual([error?.code, error?.parameters.state], ['targetNotConnected', 'stopped']);
    assert.equal(stage.sessions.terminated.length, 2);
  });

  it('does not wait for a reason that nobody gives', async () => {
    const stage = new Stage();
    await stage.listen();
    stage.scope.gateways = () => new Promise(() => undefined);
    stage.terminal.exit(1);
    await stage.until('stopped');
    assert.equal(stage.capture.status.end, 'sessionEnded');
  });

  it('says that its credentials have expired while the link is down, and goes on when there are new ones', async () => {
    const stage = new Stage();
    await stage.listen();
    stage.sessions.resumeFailure = new LabError('credentialsExpired');
    stage.sessions.channels.at(-1)?.close(1006);
    await stage.pass(1_000);
    const { phase, link } = stage.capture.status;
    assert.ok(link?.kind === 'reconnecting' && link.error instanceof LabError);
    assert.deepEqual([phase, link.error.code], ['running', 'credentialsExpired']);
    stage.sessions.resumeFailure = undefined;
    await stage.pass(60_000);
    assert.equal(stage.capture.status.link, undefined);
    stage.capture.dispose();
  });

  it('stops while it starts', async () => {
    const stage = new Stage();
    const starting = stage.capture.start(startOptions('port 443'));
    await stage.program();
    await stage.run(stage.capture.stop());
    await stage.run(starting);
    assert.deepEqual([stage.capture.status.phase, stage.capture.status.error], ['stopped', undefined]);
    assert.equal(stage.sessions.terminated.length, 1);
  });

  it('ends its session when the panel closes, whenever that is', async () => {
    for (const moment of ['probing', 'starting', 'running'] as const) {
      const stage = new Stage();
      if (moment === 'running') await stage.listen();
      else if (moment === 'starting') await stage.begin();
      else {
        void stage.capture.start(startOptions('port 443'));
        await stage.program();
      }
      stage.capture.dispose();
      await stage.pass(10_000);
      assert.ok(stage.terminal.isHungUp, moment);
      assert.equal(stage.sessions.terminated.length, stage.sessions.guest.terminals.length, moment);
    }
  });

  it('begins afresh: the second start drops the rows of the first and does not ask the instance again', async () => {
    const stage = new Stage();
    await stage.listen();
    stage.terminal.show(talk('172.31.36.107'));
    await stage.pass(500);
    let resets = 0;
    stage.capture.onReset(() => resets++);
    const again = stage.capture.start(startOptions('port 53'));
    await stage.program();
    stage.answerKeys();
    stage.terminal.show(LISTENING);
    await stage.run(again);
    assert.equal(resets, 1);
    assert.equal(stage.capture.snapshot().count, 0);
    assert.equal(stage.capture.status.startOptions.filter, 'port 53');
    assert.equal(stage.sessions.guest.terminals.length, 3);
    stage.capture.dispose();
  });

  it('runs once, however often it is started at a time', async () => {
    const stage = new Stage();
    const starts = Promise.all([
      stage.capture.start(startOptions('port 1')),
      stage.capture.start(startOptions('port 2')),
    ]);
    await stage.probe();
    await stage.program();
    stage.terminal.show(LISTENING);
    await stage.run(starts);
    assert.equal(stage.capture.status.startOptions.filter, 'port 2');
    stage.capture.dispose();
    await stage.pass(10_000);
    assert.equal(stage.sessions.terminated.length, stage.sessions.guest.terminals.length);
  });

  it('judges only the packets since the network changed', async () => {
    const stage = new Stage();
    stage.cloud.endpoints = [endpoint({ privateDnsEnabled: false })];
    await stage.listen();
    stage.terminal.show(talk('52.95.80.10'));
    await stage.pass(500);
    assert.equal(stage.verdict().kind, 'notPrivate');
    stage.cloud.endpoints = [endpoint()];
    stage.changes.fire({ scope: stage.scope });
    await stage.pass(500);
    assert.equal(stage.verdict().kind, 'cannotTell');
    stage.terminal.show(talk('172.31.36.107').replaceAll('38482', '38483'));
    await stage.pass(500);
    assert.equal(stage.verdict().kind, 'private');
    stage.capture.dispose();
  });

  it('splits its counts when the network changes, and says from which packet on', async () => {
    const stage = new Stage();
    const rowOf = (address: string) => stage.capture.status.interfaces.findIndex(row => row.address === address);
    const counted = (address: string) => {
      const { interfaceCounts, earlierInterfaceCounts } = stage.capture.snapshot();
      return [interfaceCounts[rowOf(address)], earlierInterfaceCounts[rowOf(address)]];
    };
    await stage.listen();
    stage.terminal.show(talk('172.31.36.107'));
    await stage.pass(500);
    const { snapshot } = stage.cloud;
    const faces = snapshot.networkInterfaces;
    assert.ok(faces.known);
    const left = faces.value.filter(({ privateIpAddress }) => privateIpAddress !== '172.31.36.107');
    stage.cloud.snapshot = { ...snapshot, networkInterfaces: known(left) };
    stage.changes.fire({ scope: stage.scope });
    await stage.pass(500);
    stage.terminal.show(talk('172.31.36.107') + talk('172.31.14.109'));
    await stage.pass(500);
    const { interfaces, networkStamps } = stage.capture.status;
    assert.deepEqual(
      networkStamps.map(({ firstRow }) => firstRow),
      [0, 3],
    );
    assert.deepEqual(
      [counted('172.31.36.107'), counted('172.31.14.109')],
      [
        [3, 3],
        [3, 0],
      ],
    );
    assert.equal(interfaces[rowOf('172.31.36.107')]?.isGone, true);
    stage.capture.clear();
    assert.equal(rowOf('172.31.36.107'), -1);
    assert.equal(stage.capture.status.networkStamps.length, 1);
    stage.capture.dispose();
  });

  it('keeps a finished verdict when the endpoint is deleted afterwards', async () => {
    const stage = new Stage();
    await stage.listen();
    stage.terminal.show(talk('172.31.36.107'));
    await stage.pass(500);
    await stage.run(stage.capture.stop());
    stage.cloud.endpoints = [];
    stage.changes.fire({ scope: stage.scope });
    await stage.pass(500);
    assert.equal(stage.verdict().kind, 'private');
  });

  it('says what could not be read, and gives no verdict without it', async () => {
    const stage = new Stage();
    stage.cloud.snapshot = { ...stage.cloud.snapshot, networkInterfaces: unread('ec2:DescribeNetworkInterfaces') };
    await stage.listen();
    stage.terminal.show(talk('172.31.36.107'));
    await stage.pass(500);
    const { interfacesGap, verdict } = stage.capture.status;
    assert.equal(interfacesGap?.reading, 'ec2:DescribeNetworkInterfaces');
    assert.ok(verdict.kind === 'cannotTell' && verdict.missing === 'interfacesUnread');
    stage.capture.dispose();
  });

  it('keeps the network that it knows when nothing can be read any more', async () => {
    const stage = new Stage();
    await stage.listen();
    const before = stage.capture.status;
    const nothing = Object.entries(stage.cloud.snapshot).map(([part, value]) => [
      part,
      typeof value === 'object' && 'known' in value ? unread(`ec2:${part}`) : value,
    ]);
    stage.cloud.snapshot = Object.fromEntries(nothing) as typeof stage.cloud.snapshot;
    const refused = assert.rejects(stage.capture.refreshNetwork(), { code: 'cloudUnreachable' });
    await stage.run(refused);
    const { instance: seen, interfaces, routeTable } = stage.capture.status;
    assert.deepEqual([seen, interfaces, routeTable], [before.instance, before.interfaces, before.routeTable]);
    stage.capture.dispose();
  });

  it('says that the link is lost while it is, and no longer when it is back', async () => {
    const stage = new Stage();
    await stage.listen();
    stage.sessions.resumeFailure = new LabError('cloudUnreachable');
    stage.sessions.channels.at(-1)?.close(1006);
    await stage.pass(1_000);
    const { phase, link } = stage.capture.status;
    assert.deepEqual([phase, link?.kind], ['running', 'reconnecting']);
    stage.sessions.resumeFailure = undefined;
    await stage.pass(60_000);
    assert.equal(stage.capture.status.link, undefined);
    stage.terminal.show(talk('172.31.36.107'));
    await stage.pass(500);
    assert.equal(stage.verdict().kind, 'private');
    stage.capture.dispose();
  });

  it('shows names with their answers, private or not', async () => {
    const stage = new Stage();
    await stage.listen();
    const ask = line('172.31.37.141.53273', '172.31.0.2.53', '11672+ [1au] A? ec2.ap-south-1.amazonaws.com. (69)');
    const answer = line('172.31.0.2.53', '172.31.37.141.53273', '11672 1/0/1 A 172.31.36.107 (73)');
    stage.terminal.show(ask + answer);
    await stage.pass(500);
    assert.deepEqual(stage.capture.status.names, [
      { name: 'ec2.ap-south-1.amazonaws.com', addresses: ['172.31.36.107'], isPrivate: true },
    ]);
    stage.capture.dispose();
  });
});
