/** journalctl(1), as far as one unit or all since boot go; and service(8). */
import type { JournalEntry } from '../../services/journal';
import type { Program, Run } from '../../system';
import { executeOr } from '../child';
import { complain, print, readArguments } from '../console';
import { formatDate } from '../dates';
import { hasOption, lastOption } from '../options';

/** The `short` format. */
export function journalLine(run: Run, { timeMs, identifier, pid, text }: JournalEntry): string {
  return `${formatDate(timeMs, '%b %d %H:%M:%S')} ${run.system.hostName} ${identifier}[${pid}]: ${text}`;
}

/** Only root and the image's own user are in a group that may read it. */
function mayRead(run: Run): boolean {
  return run.process.isRoot || run.process.user.name === 'ec2-user';
}

export const journalctl: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'u:n:xefrbkqaS:t:p:o:',
    long: {
      unit: true,
      lines: true,
      'no-pager': false,
      follow: false,
      reverse: false,
      boot: false,
      since: true,
      quiet: false,
    },
  });
  if (!mayRead(run)) {
    const hint =
      "Hint: You are currently not seeing messages from other users and the system.\n      Users in groups 'adm', 'systemd-journal', 'wheel' can see all messages.\n      Pass -q to turn off this notice.\n";
    await run.process.write(
      2,
      `${hasOption(parsed, 'q', 'quiet') ? '' : hint}No journal files were opened due to insufficient permissions.\n`,
    );
    return 1;
  }
  const units = [...(parsed.options.get('u') ?? []), ...(parsed.options.get('unit') ?? [])].map(name =>
    name.replace(/\.service$/, ''),
  );
  const isWanted = (entry: JournalEntry) => units.length === 0 || units.includes(entry.unit);
  const follows = hasOption(parsed, 'f', 'follow');
  const countText = lastOption(parsed, 'n', 'lines') ?? (follows ? '10' : 'all');
  if (countText !== 'all' && !/^\d+$/.test(countText)) return complain(run, `Failed to parse lines '${countText}'`);
  const found = run.system.services.journal.entries.filter(isWanted);
  const shown = countText === 'all' ? found : found.slice(-Number(countText));
  if (shown.length === 0 && !follows) await print(run, '-- No entries --\n');
  if (hasOption(parsed, 'r', 'reverse')) shown.reverse();
  await print(run, shown.map(entry => `${journalLine(run, entry)}\n`).join(''));
  return follows ? follow(run, isWanted) : 0;
};

/** Looks for new entries until it is interrupted. */
async function follow(run: Run, isWanted: (entry: JournalEntry) => boolean): Promise<number> {
  let last = run.system.services.journal.entries.at(-1);
  for (;;) {
    await run.process.sleep(500);
    const { entries } = run.system.services.journal;
    const fresh = entries.slice(last ? entries.lastIndexOf(last) + 1 : 0);
    last = entries.at(-1);
    await print(
      run,
      fresh
        .filter(isWanted)
        .map(entry => `${journalLine(run, entry)}\n`)
        .join(''),
    );
  }
}

/** service(8): hands on to systemctl. */
export const service: Program = async run => {
  const [name, verb, ...rest] = run.args;
  if (name === undefined || verb === undefined) {
    await run.process.write(
      2,
      'Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n',
    );
    return 1;
  }
  await run.process.write(2, `Redirecting to /bin/systemctl ${verb} ${name}.service\n`);
  return executeOr(run.system, run.process, ['/usr/bin/systemctl', verb, name, ...rest], failure =>
    complain(run, failure.text, failure.status),
  );
};
