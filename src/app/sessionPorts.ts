import type { ChannelPorts } from '../ssm/channelPorts';
import type { SessionRegister } from '../ssm/sessionRegister';
import type { Scope } from './appModel';

/** What sessions need of the machine: a clock, digests, ids, a log. */
export interface SessionPorts extends ChannelPorts {
  /** Notes the sessions of a scope until they have ended; without it nobody does. */
  registerOf?(scope: Scope): SessionRegister;
}
