import type { TcpConnection } from '../../src/simulator/network/hostNetwork';

/**
 * Lets a local connection go on through a tunnel, one for each connection, as `aws ec2-instance-connect open-tunnel --local-port` does;
 * closes it when no tunnel opens.
 */
export async function throughTunnel(local: TcpConnection, opening: Promise<TcpConnection>): Promise<void> {
  try {
    const remote = await opening;
    await Promise.all([pump(local, remote), pump(remote, local)]);
  } catch {
    local.close();
  }
}

async function pump(from: TcpConnection, to: TcpConnection): Promise<void> {
  for (let bytes = await from.read(); bytes; bytes = await from.read()) to.write(bytes);
  to.close();
}
