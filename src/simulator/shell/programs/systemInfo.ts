/** Programs that describe the machine: a `t3.micro` with Amazon Linux 2023. */
import type { Program, Run } from '../system';
import { print, readArguments } from './console';
import { formatDate } from './dates';
import { kernelRelease } from './kernelRelease';
import { hasOption } from './options';

const memoryKiB = { total: 931_324, used: 176_540, free: 402_212, shared: 2_880, cached: 352_572, available: 612_204 };

export const free: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'hmgbkt',
    long: { human: false, mebi: false, gibi: false, total: false },
  });
  const shown = (kiB: number): string => {
    if (hasOption(parsed, 'h', 'human')) return kiB === 0 ? '0B' : `${Math.round(kiB / 1024)}Mi`;
    if (hasOption(parsed, 'm', 'mebi')) return String(Math.floor(kiB / 1024));
    if (hasOption(parsed, 'g', 'gibi')) return String(Math.floor(kiB / 1024 / 1024));
    return hasOption(parsed, 'b') ? String(kiB * 1024) : String(kiB);
  };
  const row = (title: string, values: readonly number[]) =>
    `${title.padEnd(8)}${values.map(value => shown(value).padStart(12)).join('')}\n`;
  const { total, used, free: unused, shared, cached, available } = memoryKiB;
  await print(
    run,
    `               total        used        free      shared  buff/cache   available\n${row('Mem:', [total, used, unused, shared, cached, available])}${row('Swap:', [0, 0, 0])}`,
  );
  return 0;
};

export const df: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'hTkmai',
    long: { 'human-readable': false, 'print-type': false, all: false },
  });
  const isHuman = hasOption(parsed, 'h', 'human-readable');
  const showsType = hasOption(parsed, 'T', 'print-type');
  const rows: readonly (readonly [string, string, number, number, string])[] = [
    ['devtmpfs', 'devtmpfs', 4_096, 0, '/dev'],
    ['tmpfs', 'tmpfs', 465_660, 0, '/dev/shm'],
    ['tmpfs', 'tmpfs', 186_268, 2_880, '/run'],
    ['/dev/xvda1', 'xfs', 8_310_764, 1_642_480, '/'],
    ['tmpfs', 'tmpfs', 465_664, 0, '/tmp'],
    ['/dev/xvda128', 'vfat', 10_202, 1_310, '/boot/efi'],
  ];
  const size = (kiB: number) => (isHuman ? humanSize(kiB) : String(kiB));
  const table = rows.map(([source, type, total, used, target]) => [
    source,
    ...(showsType ? [type] : []),
    size(total),
    size(used),
    size(total - used),
    `${Math.ceil((used * 100) / total)}%`,
    target,
  ]);
  const title = [
    'Filesystem',
    ...(showsType ? ['Type'] : []),
    isHuman ? 'Size' : '1K-blocks',
    'Used',
    isHuman ? 'Avail' : 'Available',
    'Use%',
    'Mounted on',
  ];
  const textColumns = showsType ? 2 : 1;
  const all = [title, ...table];
  const widths = title.map((_, column) => Math.max(...all.map(row => (row[column] as string).length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column < textColumns
          ? cell.padEnd(widths[column] as number)
          : column === row.length - 1
            ? cell
            : cell.padStart(widths[column] as number),
      )
      .join(' ');
  await print(run, `${all.map(line).join('\n')}\n`);
  return 0;
};

function humanSize(kiB: number): string {
  if (kiB === 0) return '0';
  const [value, unit] = kiB < 1024 ? [kiB, 'K'] : kiB < 1024 * 1024 ? [kiB / 1024, 'M'] : [kiB / 1024 / 1024, 'G'];
  return `${value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${unit}`;
}

/** `12:00:31 up 3 min,  1 user,  load average: 0.00, 0.02, 0.00`. */
function uptimeLine(run: Run): string {
  const nowMs = run.process.timeline.now();
  const minutes = Math.floor((nowMs - run.system.bootedMs) / 60_000);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const clock = `${hours % 24}:${String(minutes % 60).padStart(2, '0')}`;
  const since = hours === 0 ? `${minutes} min` : days === 0 ? clock : `${days} day${days === 1 ? '' : 's'}, ${clock}`;
  return `${formatDate(nowMs, '%T')} up ${since},  1 user,  load average: 0.00, 0.02, 0.00`;
}

export const uptime: Program = async run => {
  if (run.args.includes('-s')) await print(run, `${formatDate(run.system.bootedMs, '%F %T')}\n`);
  else await print(run, ` ${uptimeLine(run)}\n`);
  return 0;
};

export const lscpu: Program = async run => {
  const rows = [
    ['Architecture:', 'x86_64'],
    ['CPU op-mode(s):', '32-bit, 64-bit'],
    ['Byte Order:', 'Little Endian'],
    ['CPU(s):', '1'],
    ['On-line CPU(s) list:', '0'],
    ['Vendor ID:', 'GenuineIntel'],
    ['Model name:', 'Intel(R) Xeon(R) CPU E5-2686 v4 @ 2.30GHz'],
    ['Hypervisor vendor:', 'Xen'],
    ['Virtualization type:', 'full'],
  ] as const;
  await print(run, rows.map(([key, value]) => `${key.padEnd(33)}${value}\n`).join(''));
  return 0;
};

export const hostnamectl: Program = async run => {
  if (run.args[0] === 'set-hostname' || run.args[0] === 'hostname') {
    await run.process.write(2, 'The practice cloud does not change host names.\n');
    return 1;
  }
  const rows = [
    ['Static hostname', run.system.hostName],
    ['Icon name', 'computer-vm'],
    ['Chassis', 'vm 🖴'],
    ['Virtualization', 'xen'],
    ['Operating System', 'Amazon Linux 2023.9.20261020'],
    ['CPE OS Name', 'cpe:2.3:o:amazon:amazon_linux:2023'],
    ['Kernel', `Linux ${kernelRelease}`],
    ['Architecture', 'x86-64'],
    ['Hardware Vendor', 'Xen'],
  ] as const;
  await print(run, rows.map(([key, value]) => `${key.padStart(16)}: ${value}\n`).join(''));
  return 0;
};

/** top(1): one picture with `-b -n 1`; at a terminal a new one every three seconds until `q` or Ctrl-C. */
export const top: Program = async run => {
  const parsed = readArguments(run.args, { short: 'bn:d:c', long: {} });
  const terminal = run.process.files.get(0)?.terminal;
  const limit = Number(parsed.options.get('n')?.at(-1) ?? Number.POSITIVE_INFINITY);
  const isBatch = hasOption(parsed, 'b') || !terminal;
  for (let count = 1; ; count++) {
    await print(run, `${isBatch ? '' : '\x1b[H\x1b[2J'}${topScreen(run)}`);
    if (count >= limit) return 0;
    await run.process.sleep(3_000);
    const key = isBatch ? undefined : run.process.files.get(0)?.tryRead(16);
    if (key?.includes(0x71)) return 0;
  }
};

function topScreen(run: Run): string {
  const processes = run.system.kernel.processes;
  const mebi = (kiB: number) => (kiB / 1024).toFixed(1).padStart(8);
  const rows = processes.map(
    one =>
      `${String(one.pid).padStart(7)} ${one.user.name.slice(0, 8).padEnd(8)}  20   0  223340   3412   3128 ${one === run.process ? 'R' : 'S'}   0.0   0.4   0:00.01 ${(one.commandLine[0] ?? '').replace(/^.*\//, '').slice(0, 15)}`,
  );
  return [
    `top - ${uptimeLine(run)}`,
    `Tasks: ${String(processes.length).padStart(3)} total,   1 running, ${String(processes.length - 1).padStart(3)} sleeping,   0 stopped,   0 zombie`,
    '%Cpu(s):  0.0 us,  0.3 sy,  0.0 ni, 99.7 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st',
    `MiB Mem :${mebi(memoryKiB.total)} total,${mebi(memoryKiB.free)} free,${mebi(memoryKiB.used)} used,${mebi(memoryKiB.cached)} buff/cache`,
    `MiB Swap:${mebi(0)} total,${mebi(0)} free,${mebi(0)} used.${mebi(memoryKiB.available)} avail Mem`,
    '',
    '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND',
    ...rows,
    '',
  ].join('\n');
}
