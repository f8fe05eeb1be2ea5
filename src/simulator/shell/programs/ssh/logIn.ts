/** The client's side of user authentication (RFC 4252), by public keys. */
import type { ByteStream } from '../../../network/stream/byteStream';
import type { SshAgent } from '../../ssh/sshAgent';
import { type SshChannel, SshConnection } from '../../ssh/sshConnection';
import { type Identity, signatureAlgorithms } from '../../ssh/sshKeys';
import { signedData } from '../../ssh/sshLogin';
import { SshTransport } from '../../ssh/sshTransport';
import { flag, Message, message, SshReader, text } from '../../ssh/sshWire';
import type { Run } from '../../system';

export interface LogInPlan {
  readonly userName: string;
  readonly identities: readonly Identity[];
  /** Lent to the server. */
  readonly agent: SshAgent | undefined;
  acceptHostKey(key: Uint8Array): Promise<boolean>;
}

const service = 'ssh-connection';

/** An open connection; undefined when no key was accepted. Rejects with SshError and the stream's errors. */
export async function logIn(run: Run, stream: ByteStream, plan: LogInPlan): Promise<SshConnection | undefined> {
  const chance = run.system.chance.fork(`ssh ${run.process.pid} ${run.process.timeline.now()}`);
  const role = { kind: 'client', acceptHostKey: (key: Uint8Array) => plan.acceptHostKey(key) } as const;
  const transport = new SshTransport({ stream, digests: run.system.digests, chance, role });
  await transport.open();
  transport.send(message(Message.serviceRequest, text('ssh-userauth')));
  await transport.receive();
  if (!(await authenticate(transport, plan))) {
    transport.disconnect(14, 'No more authentication methods to try');
    return undefined;
  }
  const connection = new SshConnection(transport, async kind => {
    const { agent } = plan;
    return kind === 'auth-agent@openssh.com' && agent ? channel => void serveAgent(channel, agent) : undefined;
  });
  connection.serve().catch(() => undefined);
  return connection;
}

async function authenticate(transport: SshTransport, { userName, identities }: LogInPlan): Promise<boolean> {
  const ask = (...method: readonly Uint8Array[]) => {
    transport.send(message(Message.userauthRequest, text(userName), text(service), ...method));
    return transport.receive();
  };
  const first = await ask(text('none'));
  if (first?.[0] === Message.userauthSuccess) return true;
  for (const { publicKey, sign } of identities) {
    const [algorithm = ''] = signatureAlgorithms(publicKey);
    const offer = await ask(text('publickey'), flag(false), text(algorithm), text(publicKey));
    if (offer?.[0] !== Message.userauthKeyOk) continue;
    const signature = await sign(algorithm, signedData(transport.sessionId, userName, service, algorithm, publicKey));
    if (!signature) continue;
    const answer = await ask(text('publickey'), flag(true), text(algorithm), text(publicKey), text(signature));
    if (answer?.[0] === Message.userauthSuccess) return true;
  }
  return false;
}

/** Answers what comes in by a channel from the agent. */
async function serveAgent(channel: SshChannel, agent: SshAgent): Promise<void> {
  let waiting = new Uint8Array(0);
  for (let bytes = await channel.read(); bytes; bytes = await channel.read()) {
    waiting = Uint8Array.of(...waiting, ...bytes);
    while (waiting.length >= 4) {
      const length = new SshReader(waiting).uint32();
      if (waiting.length < 4 + length) break;
      channel.write(text(await agent(waiting.slice(4, 4 + length))));
      waiting = waiting.slice(4 + length);
    }
  }
  channel.close();
}
