import { hash, randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import type { ChannelPorts } from '../channelPorts';

/** The ports of a channel that runs on Node. */
export function nodeChannelPorts(clock: Clock, log: Log): ChannelPorts {
  return {
    clock,
    log,
    sha256: bytes => hash('sha256', bytes, 'buffer'),
    uuid: randomUUID,
    random: Math.random,
  };
}
