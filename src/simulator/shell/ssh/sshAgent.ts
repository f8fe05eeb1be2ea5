/** Agents that hold keys, by the path of their socket (draft-ietf-sshm-ssh-agent). */
import { concatBytes } from '../../../packet/headers/bytes';
import type { Identity } from './sshKeys';
import { SshReader, text, uint32 } from './sshWire';

/** Answers one request, both without their lengths. */
export type SshAgent = (request: Uint8Array) => Promise<Uint8Array>;

const AgentMessage = {
  failure: 5,
  requestIdentities: 11,
  identitiesAnswer: 12,
  signRequest: 13,
  signResponse: 14,
} as const;
const signFlags = { sha256: 2, sha512: 4 } as const;

/** An agent over keys in memory. */
export function agentOver(identities: () => readonly Identity[]): SshAgent {
  return async request => {
    const reader = new SshReader(request.subarray(1));
    if (request[0] === AgentMessage.requestIdentities) {
      const keys = identities();
      return concatBytes(
        Uint8Array.of(AgentMessage.identitiesAnswer),
        uint32(keys.length),
        ...keys.flatMap(({ publicKey, comment }) => [text(publicKey), text(comment)]),
      );
    }
    if (request[0] !== AgentMessage.signRequest) return Uint8Array.of(AgentMessage.failure);
    const key = reader.bytesField();
    const data = reader.bytesField();
    const flags = reader.uint32();
    const identity = identities().find(({ publicKey }) => isSame(publicKey, key));
    const algorithm =
      flags & signFlags.sha512 ? 'rsa-sha2-512' : flags & signFlags.sha256 ? 'rsa-sha2-256' : 'ssh-ed25519';
    const signature = await identity?.sign(algorithm, data);
    return signature
      ? concatBytes(Uint8Array.of(AgentMessage.signResponse), text(signature))
      : Uint8Array.of(AgentMessage.failure);
  };
}

/** The identities that an agent offers. */
export async function identitiesOf(agent: SshAgent): Promise<readonly Identity[]> {
  const answer = await agent(Uint8Array.of(AgentMessage.requestIdentities)).catch(() => undefined);
  if (answer?.[0] !== AgentMessage.identitiesAnswer) return [];
  const reader = new SshReader(answer.subarray(1));
  return Array.from({ length: reader.uint32() }, () => {
    const publicKey = reader.bytesField().slice();
    return { publicKey, comment: reader.text(), sign: (algorithm, data) => signBy(agent, publicKey, algorithm, data) };
  });
}

async function signBy(
  agent: SshAgent,
  publicKey: Uint8Array,
  algorithm: string,
  data: Uint8Array,
): Promise<Uint8Array | undefined> {
  const flags = algorithm === 'rsa-sha2-512' ? signFlags.sha512 : algorithm === 'rsa-sha2-256' ? signFlags.sha256 : 0;
  const answer = await agent(
    concatBytes(Uint8Array.of(AgentMessage.signRequest), text(publicKey), text(data), uint32(flags)),
  );
  return answer[0] === AgentMessage.signResponse ? new SshReader(answer.subarray(1)).bytesField().slice() : undefined;
}

export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
