/** ss(8) of iproute2: TCP and UDP sockets of the guest. */
import type { TcpSocketView } from '../../../network/hostNetwork';
import type { Program, Run } from '../../system';
import { baseName, print, readArguments } from '../console';
import { hasOption } from '../options';
import { serviceNameOf } from './serviceNames';

interface Row {
  readonly protocol: 'tcp' | 'udp';
  readonly socket: TcpSocketView;
}

export const ss: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'tulnpasoemiH46OxwrN:',
    long: {
      tcp: false,
      udp: false,
      listening: false,
      numeric: false,
      processes: false,
      all: false,
      summary: false,
      options: false,
      'no-header': false,
      ipv4: false,
    },
  });
  if (hasOption(parsed, 's', 'summary')) return summarize(run);
  const wantsTcp = hasOption(parsed, 't', 'tcp');
  const wantsUdp = hasOption(parsed, 'u', 'udp');
  const both = !wantsTcp && !wantsUdp;
  const isListed = ({ socket: { state } }: Row) => {
    const isListening = state === 'LISTEN' || state === 'UNCONN';
    if (hasOption(parsed, 'a', 'all')) return true;
    return hasOption(parsed, 'l', 'listening')
      ? isListening
      : !isListening && state !== 'TIME-WAIT' && state !== 'SYN-RECV';
  };
  const rows = [...(wantsUdp || both ? udpRows(run) : []), ...(wantsTcp || both ? tcpRows(run) : [])].filter(isListed);
  const filtered = rows.filter(row => passes(row, parsed.operands));
  const isNumeric = hasOption(parsed, 'n', 'numeric');
  const showsProcess = hasOption(parsed, 'p', 'processes');
  const table = [
    ...(hasOption(parsed, 'H', 'no-header') ? [] : [header(both || (wantsTcp && wantsUdp), showsProcess)]),
    ...filtered.map(row => cells(run, row, { isNumeric, showsProcess, showsProtocol: both || (wantsTcp && wantsUdp) })),
  ];
  await print(run, layOut(table));
  return 0;
};

function tcpRows(run: Run): readonly Row[] {
  return run.system.network.tcpSockets().map(socket => ({ protocol: 'tcp', socket }));
}

/** What the image's own services have open. */
function udpRows(run: Run): readonly Row[] {
  const own = run.system.network.interfaces.find(({ name }) => name !== 'lo');
  const open = (localAddress: string, localPort: number): Row => ({
    protocol: 'udp',
    socket: { state: 'UNCONN', localAddress, localPort, remoteAddress: '0.0.0.0', remotePort: 0 },
  });
  return [open('127.0.0.1', 323), ...(own ? [open(`${own.address}%${own.name}`, 68)] : [])];
}

/** `state established`, `sport = :80`, `dport = :443`, `dst 10.0.0.5`. */
function passes({ socket }: Row, filter: readonly string[]): boolean {
  const words = filter
    .flatMap(text => text.replace(/[()]/g, ' ').trim().split(/\s+/))
    .filter(word => word !== '=' && word !== '==');
  for (let index = 0; index < words.length; index += 2) {
    const [key, value = ''] = [words[index], words[index + 1]];
    const port = Number(value.replace(/^.*:/, ''));
    if (key === 'sport' && socket.localPort !== port) return false;
    if (key === 'dport' && socket.remotePort !== port) return false;
    if (key === 'dst' && socket.remoteAddress !== value) return false;
    if (key === 'src' && socket.localAddress !== value) return false;
    if (key === 'state' && value === 'established' && socket.state !== 'ESTAB') return false;
    if (key === 'state' && value === 'listening' && socket.state !== 'LISTEN') return false;
    if (key === 'state' && value === 'time-wait' && socket.state !== 'TIME-WAIT') return false;
  }
  return true;
}

type Cells = readonly string[];

function header(showsProtocol: boolean, showsProcess: boolean): Cells {
  const columns = ['State', 'Recv-Q', 'Send-Q', 'Local Address', 'Port', 'Peer Address', 'Port'];
  return [...(showsProtocol ? ['Netid'] : ['']), ...columns, showsProcess ? 'Process' : 'Process'];
}

function cells(
  run: Run,
  { protocol, socket }: Row,
  options: { readonly isNumeric: boolean; readonly showsProcess: boolean; readonly showsProtocol: boolean },
): Cells {
  const port = (number: number) =>
    number === 0 ? '*' : options.isNumeric ? String(number) : (serviceNameOf(number) ?? String(number));
  const backlog = socket.state === 'LISTEN' ? (socket.localPort === 22 ? '128' : '511') : '0';
  return [
    options.showsProtocol ? protocol : '',
    socket.state,
    '0',
    backlog,
    socket.localAddress,
    port(socket.localPort),
    socket.remoteAddress,
    port(socket.remotePort),
    options.showsProcess ? ownerOf(run, socket) : '',
  ];
}

/** Others' processes are shown to root only. */
function ownerOf(run: Run, { localPort, state }: TcpSocketView): string {
  const owner = run.system.socketOwners.ownerOf(localPort);
  if (!owner || state === 'TIME-WAIT' || (!run.process.isRoot && owner.user.id !== run.process.user.id)) return '';
  const name = baseName((owner.commandLine[0] ?? '').replace(/:.*$/, ''));
  return `users:(("${name}",pid=${owner.pid},fd=${state === 'LISTEN' ? 6 : 3}))`;
}

/** Addresses are aligned at their colon, as ss does. */
function layOut(table: readonly Cells[]): string {
  const width = (column: number) => Math.max(0, ...table.map(row => row[column]?.length ?? 0));
  const widths = Array.from({ length: 9 }, (_, column) => width(column));
  const pad = (text: string, column: number) => text.padEnd(widths[column] ?? 0);
  const padLeft = (text: string, column: number) => text.padStart(widths[column] ?? 0);
  return table
    .map(row => {
      const [
        protocol = '',
        state = '',
        received = '',
        sent = '',
        local = '',
        localPort = '',
        peer = '',
        peerPort = '',
        owner = '',
      ] = row;
      const start = widths[0] ? `${pad(protocol, 0)} ` : '';
      return `${start}${pad(state, 1)} ${pad(received, 2)} ${pad(sent, 3)} ${padLeft(local, 4)}:${pad(localPort, 5)} ${padLeft(peer, 6)}:${pad(peerPort, 7)} ${pad(owner, 8)}\n`;
    })
    .join('');
}

async function summarize(run: Run): Promise<number> {
  const sockets = run.system.network.tcpSockets();
  const count = (state: string) => sockets.filter(socket => socket.state === state).length;
  const waiting = count('TIME-WAIT');
  const open = sockets.length - waiting;
  const line = (name: string, total: number) =>
    `${name}\t  ${String(total).padEnd(9)} ${String(total).padEnd(9)} 0        \n`;
  await print(
    run,
    `Total: ${open + 120}\nTCP:   ${sockets.length} (estab ${count('ESTAB')}, closed ${waiting}, orphaned 0, timewait ${waiting})\n\nTransport Total     IP        IPv6\n${line('RAW', 0)}${line('UDP', 2)}${line('TCP', open)}${line('INET', open + 2)}${line('FRAG', 0)}\n`,
  );
  return 0;
}
