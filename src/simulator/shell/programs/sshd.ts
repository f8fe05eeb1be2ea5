import type { TcpConnection } from '../../network/hostNetwork';
import { serveSsh } from '../ssh/sshServer';
import type { Program, Run } from '../system';
import { complain } from './console';

const sshPort = 22;

/** sshd(8) with `-D`, as its unit starts it. */
export const sshd: Program = async run => {
  if (!run.process.isRoot) return complain(run, 'no hostkeys available -- exiting.');
  const { process, system } = run;
  try {
    process.resources.add(system.network.listenTcp(sshPort, connection => void serve(run, connection)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return complain(
      run,
      `error: Bind to port ${sshPort} on 0.0.0.0 failed: Address already in use.\nfatal: Cannot bind any address.`,
      255,
    );
  }
  system.socketOwners.claim(sshPort, process);
  process.commandLine = ['sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups'];
  for (;;) await process.waitOn();
};

/** A client that breaks off or speaks something else is let go. */
function serve(run: Run, connection: TcpConnection): Promise<void> {
  return serveSsh(run, connection).catch(() => connection.reset());
}
