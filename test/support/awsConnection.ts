import type { AwsConnection } from '../../src/aws/connection';
import { silentLog } from '../../src/base/log';
import { region } from '../../src/core/ids';
import type { WireHandler } from '../../src/core/ports/wire';
import { HandClock } from './handClock';

/** A connection to a hand-written cloud, with keys that open nothing. */
export function awsConnection(handle: WireHandler, options: Partial<AwsConnection> = {}): AwsConnection {
  return {
    region: region('ap-south-1'),
    credentials: async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret-for-tests' }),
    requestHandler: handle,
    openChannel: () => Promise.reject(new Error('no channel in this test')),
    openTunnel: () => Promise.reject(new Error('no tunnel here')),
    clock: new HandClock(),
    log: silentLog,
    ...options,
  };
}
