import type { Scope } from '../../src/app/appModel';
import { createGateways } from '../../src/aws/createGateways';
import { silentLog } from '../../src/base/log';
import { wallClock } from '../../src/compose';
import { region, scopeId } from '../../src/core/ids';
import { openWebSocket } from '../../src/ssm/node/webSocketTransport';
import type { CloudProcess } from '../support/cloudProcess';

/** The first account of a cloud on loopback, as an extension with a profile would reach it: real HTTP, real WebSocket. */
export function composeScope({ endpoint, region: at, accounts }: CloudProcess['line']): Scope {
  const [account] = accounts;
  if (!account) throw new Error('The cloud has no account');
  const { accessKeyId, secretAccessKey } = account;
  const gateways = createGateways({
    region: region(at),
    credentials: async () => ({ accessKeyId, secretAccessKey }),
    endpointUrl: endpoint,
    openChannel: (ticket, headers, signal) => openWebSocket(ticket.streamUrl, { headers, signal }),
    openTunnel: () => Promise.reject(new Error('no tunnel here')),
    clock: wallClock,
    log: silentLog,
  });
  return { id: scopeId('bench'), label: 'bench', kind: 'local', region: region(at), gateways: async () => gateways };
}
