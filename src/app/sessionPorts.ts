import type { ChannelPorts } from '../ssm/channelPorts';

/** What sessions need of the machine: a clock, digests, ids, a log. */
export type SessionPorts = ChannelPorts;
