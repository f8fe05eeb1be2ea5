import { asObject } from '../../ssm/payloads/jsonObject';
import { ServiceFault } from '../protocols/serviceFault';
import type { Guest } from '../shell/guest';
import { CommandPlugin } from './commandPlugin';
import { PortPlugin } from './portPlugin';
import type { SessionPlan } from './sessionPlan';
import type { SessionPlugin } from './sessionPlugin';
import { TerminalPlugin } from './terminalPlugin';

const LARGEST_PORT = 65_535;

/** The plugin that runs a planned session on a guest. Throws a ServiceFault `InvalidDocumentContent` for properties that it cannot use. */
export function createPlugin(plan: SessionPlan, guest: Guest): SessionPlugin {
  switch (plan.sessionType) {
    case 'Standard_Stream':
      return new TerminalPlugin({
        sessionType: plan.sessionType,
        openTerminal: () => guest.openTerminal(undefined),
        shellProfile: plan.preferences.shellProfile,
      });
    case 'InteractiveCommands':
      return interactivePlugin(readShellProperties(plan), guest);
    case 'NonInteractiveCommands':
      return commandPlugin(readShellProperties(plan), guest);
    case 'Port':
      return portPlugin(plan, guest);
  }
}

interface ShellProperties {
  readonly commands: string;
  readonly isElevated: boolean;
  readonly isSeparate: boolean;
  readonly outputPrefix: string;
  readonly errorPrefix: string;
}

function readShellProperties({ sessionType, properties }: SessionPlan): ShellProperties {
  const linux = asObject(properties.linux) ?? {};
  const { commands, runAsElevated, separateOutputStream, stdOutSeparatorPrefix, stdErrSeparatorPrefix } = linux;
  const text = Array.isArray(commands) ? commands.join('\n') : commands;
  if (typeof text !== 'string' || text.trim() === '')
    throw new ServiceFault('InvalidDocumentContent', `Commands cannot be empty for session type ${sessionType}`);
  return {
    commands: text,
    isElevated: String(runAsElevated) === 'true',
    isSeparate: String(separateOutputStream) === 'true',
    outputPrefix: String(stdOutSeparatorPrefix ?? ''),
    errorPrefix: String(stdErrSeparatorPrefix ?? ''),
  };
}

function portPlugin({ properties }: SessionPlan, guest: Guest): SessionPlugin {
  const text = (name: string) => String(properties[name] ?? '');
  const sorted = Object.entries(properties).sort(([left], [right]) => (left < right ? -1 : 1));
  const port = { portNumber: text('portNumber'), host: text('host'), type: text('type') };
  if (!isPort(port.portNumber))
    throw new ServiceFault('InvalidDocumentContent', 'Port number is empty in session properties.');
  return new PortPlugin(guest, Object.fromEntries(sorted), port);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) <= LARGEST_PORT;
}

function interactivePlugin({ commands, isElevated }: ShellProperties, guest: Guest): SessionPlugin {
  return new TerminalPlugin({
    sessionType: 'InteractiveCommands',
    openTerminal: () => guest.openTerminal(commands, isElevated),
    shellProfile: '',
  });
}

function commandPlugin({ commands, isElevated, ...properties }: ShellProperties, guest: Guest): SessionPlugin {
  const { isSeparate, outputPrefix, errorPrefix } = properties;
  return new CommandPlugin({
    command: commands,
    startProcess: (argv, output) => guest.startProcess(argv, { output, isElevated }),
    separateStreams: isSeparate ? { outputPrefix, errorPrefix } : undefined,
  });
}
