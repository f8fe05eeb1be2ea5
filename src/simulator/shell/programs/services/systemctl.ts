/** systemctl(1) of systemd 252, for services. */
import type { ServiceUnit } from '../../services/serviceUnit';
import { unitFile } from '../../services/serviceUnit';
import type { Program, Run } from '../../system';
import { print, readArguments } from '../console';
import { hasOption, type ParsedArguments } from '../options';
import { journalLine } from './journalctl';
import { describeService } from './serviceReport';

/** LSB exit codes for `status` and friends (systemctl(1), "Exit status"). */
const Exit = { notRunning: 3, noSuchUnit: 4, notInstalled: 5 } as const;

interface Command {
  readonly run: Run;
  readonly names: readonly string[];
  readonly parsed: ParsedArguments;
}

type Verb = (command: Command) => Promise<number>;

const verbs: Readonly<Record<string, Verb>> = {
  start: command => forEach(command, 'start', unit => begin(command.run, unit)),
  stop: command => forEach(command, 'stop', unit => end(command.run, unit)),
  restart: command => forEach(command, 'restart', unit => restart(command.run, unit)),
  'try-restart': command =>
    forEach(command, 'restart', unit => (isActive(command.run, unit) ? restart(command.run, unit) : done())),
  reload: command => forEach(command, 'reload', unit => reload(command.run, unit)),
  'reload-or-restart': command =>
    forEach(command, 'reload', unit =>
      unit.reloads && isActive(command.run, unit) ? reload(command.run, unit) : restart(command.run, unit),
    ),
  enable: command => enable(command, true),
  disable: command => enable(command, false),
  status,
  show,
  cat: showUnitFile,
  'is-active': isActiveVerb,
  'is-enabled': isEnabledVerb,
  'is-failed': isFailedVerb,
  'list-units': listUnits,
  'list-unit-files': listUnitFiles,
  'daemon-reload': ({ run }) => (run.process.isRoot ? done() : deny(run, 'Failed to reload daemon: Access denied')),
  'reset-failed': () => done(),
};

export const systemctl: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'aqlfn:t:Hp:o:',
    long: {
      all: false,
      quiet: false,
      full: false,
      now: false,
      'no-pager': false,
      'no-legend': false,
      force: false,
      plain: false,
      lines: true,
      type: true,
      state: true,
      property: true,
      value: false,
      system: false,
      version: false,
    },
  });
  if (hasOption(parsed, 'version')) {
    await print(run, 'systemd 252 (252.23-6.amzn2023)\n');
    return 0;
  }
  const [name = 'list-units', ...operands] = parsed.operands;
  const verb = verbs[name];
  if (!verb) {
    await run.process.write(2, `Unknown command verb ${name}.\n`);
    return 1;
  }
  const names = operands.map(operand => operand.replace(/\.service$/, ''));
  return verb({ run, names, parsed });
};

function done(): Promise<number> {
  return Promise.resolve(0);
}

async function deny(run: Run, text: string): Promise<number> {
  await run.process.write(2, `${text}\n`);
  return 1;
}

function isActive(run: Run, unit: ServiceUnit): boolean {
  return run.system.services.statusOf(unit).activeState === 'active';
}

async function forEach(
  { run, names }: Command,
  verb: string,
  act: (unit: ServiceUnit) => Promise<number>,
): Promise<number> {
  if (names.length === 0) return deny(run, 'Too few arguments.');
  let status = 0;
  for (const name of names) {
    const unit = run.system.services.find(name);
    const failed = `Failed to ${verb} ${unitFile(name)}`;
    if (!run.process.isRoot) {
      const hint = `See system logs and 'systemctl status ${unitFile(name)}' for details.`;
      status = await deny(run, `${failed}: Access denied\n${hint}`);
    } else if (!unit) {
      const verbed = verb === 'stop' ? 'loaded' : 'found';
      await deny(run, `${failed}: Unit ${unitFile(name)} not ${verbed}.`);
      status = Exit.notInstalled;
    } else status = (await run.process.until(act(unit))) || status;
  }
  return status;
}

async function begin(run: Run, unit: ServiceUnit): Promise<number> {
  if (await run.system.services.start(unit)) return 0;
  const file = unitFile(unit.name);
  return deny(
    run,
    `Job for ${file} failed because the control process exited with error code.\nSee "systemctl status ${file}" and "journalctl -xeu ${file}" for details.`,
  );
}

async function end(run: Run, unit: ServiceUnit): Promise<number> {
  await run.system.services.stop(unit);
  return 0;
}

async function restart(run: Run, unit: ServiceUnit): Promise<number> {
  await run.system.services.stop(unit);
  return begin(run, unit);
}

async function reload(run: Run, unit: ServiceUnit): Promise<number> {
  const file = unitFile(unit.name);
  if (!unit.reloads) return deny(run, `Failed to reload ${file}: Job type reload is not applicable for unit ${file}.`);
  if (!isActive(run, unit)) return deny(run, `${file} is not active, cannot reload.`);
  run.system.services.reload(unit);
  return 0;
}

async function enable(command: Command, isEnabled: boolean): Promise<number> {
  const { run, names, parsed } = command;
  const verb = isEnabled ? 'enable' : 'disable';
  if (names.length === 0) return deny(run, 'Too few arguments.');
  for (const name of names) {
    const unit = run.system.services.find(name);
    if (!run.process.isRoot) return deny(run, `Failed to ${verb} unit: Access denied`);
    if (!unit) return deny(run, `Failed to ${verb} unit: Unit file ${unitFile(name)} does not exist.`);
    await setEnabled(run, unit, isEnabled);
  }
  if (!hasOption(parsed, 'now')) return 0;
  return (verbs[isEnabled ? 'start' : 'stop'] as Verb)(command);
}

async function setEnabled(run: Run, unit: ServiceUnit, isEnabled: boolean): Promise<void> {
  const { services } = run.system;
  if (services.statusOf(unit).isEnabled === isEnabled) return;
  services.setEnabled(unit, isEnabled);
  const file = unitFile(unit.name);
  const link = `/etc/systemd/system/multi-user.target.wants/${file}`;
  await run.process.write(
    2,
    isEnabled ? `Created symlink ${link} → /usr/lib/systemd/system/${file}.\n` : `Removed "${link}".\n`,
  );
}

async function status({ run, names, parsed }: Command): Promise<number> {
  const { services } = run.system;
  if (names.length === 0) return listUnits({ run, names, parsed });
  let exit = 0;
  for (const [index, name] of names.entries()) {
    const unit = services.find(name);
    if (!unit) {
      await run.process.write(2, `Unit ${unitFile(name)} could not be found.\n`);
      exit = Exit.noSuchUnit;
      continue;
    }
    const state = services.statusOf(unit);
    if (index > 0) await print(run, '\n');
    await print(run, describeService(run, state));
    const entries = services.journal.entries.filter(entry => entry.unit === name).slice(-10);
    if (run.process.isRoot && entries.length > 0)
      await print(run, `\n${entries.map(entry => `${journalLine(run, entry)}\n`).join('')}`);
    if (state.activeState !== 'active' && exit === 0) exit = Exit.notRunning;
  }
  return exit;
}

async function show({ run, names, parsed }: Command): Promise<number> {
  const wanted = [...(parsed.options.get('p') ?? []), ...(parsed.options.get('property') ?? [])].flatMap(text =>
    text.split(','),
  );
  for (const name of names) {
    const unit = run.system.services.find(name);
    const state = unit && run.system.services.statusOf(unit);
    const values: Readonly<Record<string, string>> = {
      MainPID: String(state?.mainProcess?.pid ?? 0),
      Id: unitFile(name),
      Description: unit?.description ?? unitFile(name),
      LoadState: unit ? 'loaded' : 'not-found',
      ActiveState: state?.activeState ?? 'inactive',
      SubState: state?.activeState === 'active' ? 'running' : 'dead',
      UnitFileState: unit ? (state?.isEnabled ? 'enabled' : 'disabled') : '',
    };
    for (const [key, value] of Object.entries(values)) {
      if (wanted.length > 0 && !wanted.includes(key)) continue;
      await print(run, hasOption(parsed, 'value') ? `${value}\n` : `${key}=${value}\n`);
    }
  }
  return 0;
}

async function showUnitFile({ run, names }: Command): Promise<number> {
  for (const name of names) {
    const path = `/usr/lib/systemd/system/${unitFile(name)}`;
    const text = await run.system.disk
      .as(run.process.user)
      .readFile(path)
      .catch(() => undefined);
    if (text === undefined) return deny(run, `No files found for ${unitFile(name)}.`);
    await print(run, `# ${path}\n${text}`);
  }
  return 0;
}

async function isActiveVerb({ run, names, parsed }: Command): Promise<number> {
  const states = names.map(name => {
    const unit = run.system.services.find(name);
    return unit ? run.system.services.statusOf(unit).activeState : 'inactive';
  });
  if (!hasOption(parsed, 'q', 'quiet')) await print(run, states.map(state => `${state}\n`).join(''));
  return states.includes('active') ? 0 : Exit.notRunning;
}

async function isFailedVerb({ run, names }: Command): Promise<number> {
  const states = names.map(name => {
    const unit = run.system.services.find(name);
    return unit ? run.system.services.statusOf(unit).activeState : 'inactive';
  });
  await print(run, states.map(state => `${state}\n`).join(''));
  return states.includes('failed') ? 0 : 1;
}

async function isEnabledVerb({ run, names, parsed }: Command): Promise<number> {
  let exit = 1;
  for (const name of names) {
    const unit = run.system.services.find(name);
    if (!unit) {
      await run.process.write(2, `Failed to get unit file state for ${unitFile(name)}: No such file or directory\n`);
      continue;
    }
    const { isEnabled } = run.system.services.statusOf(unit);
    if (isEnabled) exit = 0;
    if (!hasOption(parsed, 'q', 'quiet')) await print(run, isEnabled ? 'enabled\n' : 'disabled\n');
  }
  return exit;
}

async function listUnits({ run, parsed }: Command): Promise<number> {
  const { services } = run.system;
  const wanted = new Set(parsed.options.get('state')?.flatMap(text => text.split(',')) ?? []);
  const states = services.known
    .map(unit => services.statusOf(unit))
    .filter(
      ({ activeState, sinceMs }) =>
        hasOption(parsed, 'a', 'all') || (sinceMs !== undefined && activeState !== 'inactive'),
    )
    .filter(
      ({ activeState }) =>
        wanted.size === 0 || wanted.has(activeState) || (wanted.has('running') && activeState === 'active'),
    )
    .sort((left, right) => (left.unit.name < right.unit.name ? -1 : 1));
  const width = Math.max(4, ...states.map(({ unit }) => unitFile(unit.name).length));
  const lines = states.map(({ unit, activeState }) => {
    const sub = activeState === 'active' ? 'running' : activeState === 'failed' ? 'failed' : 'dead';
    return `  ${unitFile(unit.name).padEnd(width)} loaded ${activeState.padEnd(6)} ${sub.padEnd(7)} ${unit.description}`;
  });
  const head = `  ${'UNIT'.padEnd(width)} LOAD   ACTIVE SUB     DESCRIPTION`;
  const legend = `\nLOAD   = Reflects whether the unit definition was properly loaded.\nACTIVE = The high-level unit activation state, i.e. generalization of SUB.\nSUB    = The low-level unit activation state, values depend on unit type.\n${lines.length} loaded units listed.${hasOption(parsed, 'a', 'all') ? '' : ' Pass --all to see loaded but inactive units, too.'}\nTo show all installed unit files use 'systemctl list-unit-files'.\n`;
  const isBare = hasOption(parsed, 'no-legend');
  await print(run, `${[...(isBare ? [] : [head]), ...lines].join('\n')}\n${isBare ? '' : legend}`);
  return 0;
}

async function listUnitFiles({ run }: Command): Promise<number> {
  const { services } = run.system;
  const states = services.known.map(unit => services.statusOf(unit));
  const width = Math.max(...states.map(({ unit }) => unitFile(unit.name).length));
  const word = (isEnabled: boolean) => (isEnabled ? 'enabled' : 'disabled');
  const lines = states.map(
    ({ unit, isEnabled }) =>
      `${unitFile(unit.name).padEnd(width)} ${word(isEnabled).padEnd(8)} ${word(unit.isEnabledByPreset)}`,
  );
  await print(
    run,
    `${'UNIT FILE'.padEnd(width)} STATE    PRESET\n${lines.join('\n')}\n\n${lines.length} unit files listed.\n`,
  );
  return 0;
}
