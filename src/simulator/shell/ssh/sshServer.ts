/** sshd: one client from its banner to its last channel. */
import { concatBytes } from '../../../packet/headers/bytes';
import { Chance } from '../../chance';
import { ConnectError, type TcpConnection } from '../../network/hostNetwork';
import { openPipe } from '../kernel/pipe';
import { type Process, rootUser, shellStatusOf } from '../kernel/process';
import { untilEnded } from '../kernel/untilEnded';
import { nextWake } from '../kernel/waitQueue';
import { defaultPath, execute } from '../launch';
import { resolveHost } from '../programs/network/nameService';
import type { GuestSystem, Run } from '../system';
import { PseudoTerminal } from '../terminal/pseudoTerminal';
import { readScreen } from '../terminal/readScreen';
import type { SshAgent } from './sshAgent';
import { type SshChannel, SshConnection } from './sshConnection';
import { fingerprintOf, keyKindOf } from './sshKeys';
import { awaitLogin, type Login } from './sshLogin';
import { SshTransport } from './sshTransport';
import { SshReader, text, uint32 } from './sshWire';

const screenBytes = 32_768;

/** The machine's own key: the same over reboots, another one for each instance. */
export function hostKeySeed(system: GuestSystem): Uint8Array {
  return new Chance(`ssh host key ${system.instanceId}`).bytes(32);
}

/** Serves a client until it leaves. Rejects with the connection's errors. */
export async function serveSsh(run: Run, tcp: TcpConnection): Promise<void> {
  const { system } = run;
  const chance = system.chance.fork(`sshd ${tcp.remoteAddress}:${tcp.remotePort} ${system.timeline.now()}`);
  const role = { kind: 'server', hostKeySeed: hostKeySeed(system) } as const;
  const transport = new SshTransport({ stream: tcp, digests: system.digests, chance, role });
  await transport.open();
  const login = await awaitLogin(system, transport);
  if (!login) {
    tcp.close();
    return;
  }
  const say = (words: string) =>
    system.services.journal.write({ unit: 'sshd', identifier: 'sshd', pid: 2101, text: words });
  const kind = keyKindOf(login.publicKey) === 'ssh-rsa' ? 'RSA' : 'ED25519';
  say(
    `Accepted publickey for ${login.user.name} from ${tcp.remoteAddress} port ${tcp.remotePort} ssh2: ${kind} ${fingerprintOf(system.digests, login.publicKey)}`,
  );
  const visit = new Visit(run, tcp, login);
  const connection: SshConnection = new SshConnection(transport, (wanted, details) => visit.accept(wanted, details));
  visit.connection = connection;
  try {
    await connection.serve();
  } finally {
    visit.end();
    tcp.close();
    say(`Disconnected from user ${login.user.name} ${tcp.remoteAddress} port ${tcp.remotePort}`);
  }
}

class Visit {
  connection: SshConnection | undefined;
  readonly #leaders = new Set<Process>();
  #agentPath: string | undefined;

  constructor(
    private readonly run: Run,
    private readonly tcp: TcpConnection,
    private readonly login: Login,
  ) {}

  get system(): GuestSystem {
    return this.run.system;
  }

  /** The client is gone: so is what it left running in the foreground. */
  end(): void {
    for (const leader of this.#leaders) this.system.kernel.signalSession(leader.sessionId, 'SIGHUP');
    if (this.#agentPath !== undefined) this.system.agents.delete(this.#agentPath);
  }

  async accept(kind: string, details: SshReader): Promise<((channel: SshChannel) => void) | undefined> {
    if (kind === 'session') return channel => new ServerSession(this, this.system, channel).listen();
    if (kind !== 'direct-tcpip') return undefined;
    const host = details.text();
    const port = details.uint32();
    return forwardTo(this.run, host, port);
  }

  get user() {
    return this.login.user;
  }

  began(leader: Process): void {
    this.#leaders.add(leader);
    void untilEnded(leader).then(() => this.#leaders.delete(leader));
  }

  /** Lets programs of this visit use the client's agent. */
  forwardAgent(): void {
    const { connection, system } = this;
    if (this.#agentPath !== undefined || !connection) return;
    this.#agentPath = `/tmp/ssh-${system.chance.text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', 10)}/agent.${system.chance.between(2_000, 9_000)}`;
    system.agents.set(this.#agentPath, agentThrough(connection));
  }

  environment(terminalType: string | undefined, terminalName: string | undefined): Map<string, string> {
    const { user, tcp } = this;
    const where = `${tcp.remoteAddress} ${tcp.remotePort}`;
    return new Map([
      ['HOME', user.home],
      ['LANG', 'C.UTF-8'],
      ['LOGNAME', user.name],
      ['PATH', `${defaultPath}`],
      ['SHELL', '/bin/bash'],
      ['USER', user.name],
      ['SSH_CLIENT', `${where} 22`],
      ['SSH_CONNECTION', `${where} ${tcp.localAddress} 22`],
      ...(terminalType === undefined ? [] : ([['TERM', terminalType]] as const)),
      ...(terminalName === undefined ? [] : ([['SSH_TTY', `/dev/${terminalName}`]] as const)),
      ...(this.#agentPath === undefined ? [] : ([['SSH_AUTH_SOCK', this.#agentPath]] as const)),
    ]);
  }
}

/** `direct-tcpip`: a connection from here for the client, as a jump host makes it. */
async function forwardTo(run: Run, host: string, port: number): Promise<((channel: SshChannel) => void) | undefined> {
  const lookup = await resolveHost(run, host);
  if (lookup.kind !== 'found') return undefined;
  try {
    const tcp = await run.system.network.connectTcp(lookup.addresses[0] as string, port);
    return channel => void relay(channel, tcp).catch(() => tcp.reset());
  } catch (error) {
    if (error instanceof ConnectError) return undefined;
    throw error;
  }
}

async function relay(channel: SshChannel, tcp: TcpConnection): Promise<void> {
  const outward = (async () => {
    for (let bytes = await channel.read(); bytes; bytes = await channel.read()) tcp.write(bytes);
    tcp.close();
  })();
  for (let bytes = await tcp.read().catch(() => undefined); bytes; bytes = await tcp.read().catch(() => undefined))
    await channel.writePatiently(bytes);
  channel.finish();
  channel.close();
  await outward;
}

/** The client's agent, one channel for each request. */
function agentThrough(connection: SshConnection): SshAgent {
  return async request => {
    const channel = await connection.openChannel('auth-agent@openssh.com');
    if (!channel) return Uint8Array.of(5);
    channel.write(text(request));
    let gathered: Uint8Array = new Uint8Array(0);
    for (let bytes = await channel.read(); bytes; bytes = await channel.read()) {
      gathered = concatBytes(gathered, bytes);
      if (gathered.length < 4) continue;
      const length = new SshReader(gathered).uint32();
      if (gathered.length >= 4 + length) break;
    }
    channel.close();
    return gathered.length > 4 ? gathered.subarray(4) : Uint8Array.of(5);
  };
}

interface WantedTerminal {
  readonly type: string;
  columns: number;
  rows: number;
}

/** One session channel: a shell or a command, with a terminal or without. */
class ServerSession {
  #wanted: WantedTerminal | undefined;
  #device: PseudoTerminal | undefined;
  #hasStarted = false;

  constructor(
    private readonly visit: Visit,
    private readonly system: GuestSystem,
    private readonly channel: SshChannel,
  ) {}

  listen(): void {
    this.channel.onRequest = (kind, details) => this.#grant(kind, details);
  }

  #grant(kind: string, details: SshReader): boolean {
    switch (kind) {
      case 'pty-req':
        this.#wanted = { type: details.text(), columns: details.uint32(), rows: details.uint32() };
        return true;
      case 'window-change':
        this.#device?.resize(details.uint32(), details.uint32());
        return true;
      case 'auth-agent-req@openssh.com':
        this.visit.forwardAgent();
        return true;
      case 'env':
        return true;
      case 'shell':
        return this.#start(undefined);
      case 'exec':
        return this.#start(details.text());
      case 'signal':
        return true;
      default:
        return false;
    }
  }

  #start(command: string | undefined): boolean {
    if (this.#hasStarted) return false;
    this.#hasStarted = true;
    void (this.#wanted ? this.#runOnTerminal(command, this.#wanted) : this.#runOnPipes(command)).catch(() =>
      this.channel.close(),
    );
    return true;
  }

  async #runOnTerminal(command: string | undefined, wanted: WantedTerminal): Promise<void> {
    const { kernel } = this.system;
    const device = new PseudoTerminal(kernel.nextTerminalName(), (groupId, signal) =>
      kernel.signalGroup(groupId, signal),
    );
    device.resize(wanted.columns, wanted.rows);
    this.#device = device;
    const commandLine = command === undefined ? ['/bin/bash'] : ['/bin/bash', '-c', command];
    const leader = kernel.startSession(device, device.slave, {
      commandLine,
      user: this.visit.user,
      environment: this.visit.environment(wanted.type, device.name),
      workingDirectory: this.visit.user.home,
      main: async self => {
        if (command === undefined) await self.write(1, await this.#greeting());
        return execute(this.system, self, commandLine);
      },
    });
    this.visit.began(leader);
    void this.#type(device);
    for (let bytes = await readScreen(device, screenBytes); bytes; bytes = await readScreen(device, screenBytes)) {
      await this.channel.writePatiently(bytes);
    }
    await this.#finish(leader);
  }

  /** The message of the day of Amazon Linux 2023. */
  async #greeting(): Promise<string> {
    return this.system.disk
      .as(rootUser)
      .readFile('/etc/motd')
      .catch(() => '');
  }

  async #type(device: PseudoTerminal): Promise<void> {
    for (let bytes = await this.channel.read(); bytes; bytes = await this.channel.read()) device.type(bytes);
  }

  async #runOnPipes(command: string | undefined): Promise<void> {
    const commandLine = command === undefined ? ['/bin/bash'] : ['/bin/bash', '-c', command];
    const [input, output, error] = [openPipe(), openPipe(), openPipe()];
    const reading = { output: output.readEnd.retain(), error: error.readEnd.retain() };
    const inputEnd = input.writeEnd.retain();
    const leader = this.system.kernel.startDaemon({
      commandLine,
      user: this.visit.user,
      environment: this.visit.environment(undefined, undefined),
      workingDirectory: this.visit.user.home,
      files: new Map([
        [0, input.readEnd],
        [1, output.writeEnd],
        [2, error.writeEnd],
      ]),
      main: self => execute(this.system, self, commandLine),
    });
    this.visit.began(leader);
    void this.#feed(inputEnd).catch(() => undefined);
    await Promise.all([
      drain(reading.output, bytes => this.channel.writePatiently(bytes)),
      drain(reading.error, bytes => this.channel.writeError(bytes)),
    ]);
    await this.#finish(leader);
  }

  async #feed(end: ReturnType<typeof openPipe>['writeEnd']): Promise<void> {
    for (let bytes = await this.channel.read(); bytes; bytes = await this.channel.read()) {
      for (let rest = bytes; rest.length > 0; ) {
        const taken = end.tryWrite(rest);
        rest = rest.subarray(taken);
        if (taken === 0) await nextWake(end.changed);
      }
    }
    end.release();
  }

  async #finish(leader: Process): Promise<void> {
    const status = await untilEnded(leader);
    this.channel.notify('exit-status', uint32(shellStatusOf(status)));
    this.channel.finish();
    this.channel.close();
  }
}

async function drain(
  end: ReturnType<typeof openPipe>['readEnd'],
  take: (bytes: Uint8Array) => Promise<void> | void,
): Promise<void> {
  for (;;) {
    const bytes = end.tryRead(screenBytes);
    if (!bytes) await nextWake(end.changed);
    else if (bytes.length === 0) break;
    else await take(bytes);
  }
  end.release();
}
