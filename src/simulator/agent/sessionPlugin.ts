import type { FrameContent } from '../../ssm/frameCodec';
import type { AgentChannel } from './agentChannel';

/** The four kinds of session that an agent has plugins for. */
export type SessionType = 'Standard_Stream' | 'InteractiveCommands' | 'NonInteractiveCommands' | 'Port';

/** What a plugin gets when the channel stands and the handshake, where there is one, is over. */
export interface PluginRun {
  readonly channel: AgentChannel;
  /** As the handshake told; empty without one. */
  readonly clientVersion: string;
  /** Aborted when the session is terminated or the instance is gone. */
  readonly signal: AbortSignal;
}

/** What the agent's worker does in a session (aws/amazon-ssm-agent:agent/session/plugins). */
export interface SessionPlugin {
  readonly sessionType: SessionType;
  /** Whether there is a handshake also in sessions without encryption. */
  readonly requiresHandshake: boolean;
  /** What the handshake tells the client about the session, besides its type. */
  readonly clientProperties: unknown;
  /** Whether output and input can be encrypted. */
  readonly canBeEncrypted: boolean;
  /** A sentence for clients of this version at the end of the handshake; empty when there is nothing to say. */
  customerMessage(clientVersion: string): string;
  /** Runs to the session's end; resolves with the text for `channel_closed`, empty for a normal end. */
  execute(run: PluginRun): Promise<string>;
  /** An input frame; false while it cannot be taken. */
  takeInput(frame: FrameContent): boolean;
  /** TerminateSession. May be called before `execute`. */
  cancel(): void;
}

/** The reason of a failed session, as the agent's output handler words it. */
export function failureText(message: string): string {
  return `\n----------ERROR-------\n${message}`;
}
