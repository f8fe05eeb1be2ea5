import type { Disposable } from '../base/disposable';
import { quoteForShell } from '../base/shellQuoting';
import type { InstanceId } from '../core/ids';
import type { Place } from '../core/network';
import type { Guest, GuestProcess } from './shell/guest';
import { ExecFailure } from './shell/launch';
import { reportCommandResult } from './world/commandLife';
import { type CommandInvocation, type CommandResult, invocationKey, type RunCommand } from './world/runCommand';
import type { World } from './world/world';

export interface CommandRunnerOptions {
  readonly world: World;
  /** Undefined when the instance has no running agent that is connected. */
  readonly guestOf: (place: Place, instanceId: InstanceId) => Guest | undefined;
}

/** What is kept of an output at most, in characters (API reference: GetCommandInvocation, "StandardOutputContent" and "StandardErrorContent"). */
const outputLimit = 24_000;
const errorLimit = 8000;
const chunkBytes = 65_536;
const killedCode = 137;
const noShellCode = 127;

/** The agents' part of Run Command: starts what was delivered and tells how it ended. */
export class CommandRunner implements Disposable {
  readonly #options: CommandRunnerOptions;
  readonly #watching: Disposable;
  /** By invocation; undefined while the program is being started. */
  readonly #running = new Map<string, GuestProcess | undefined>();

  constructor(options: CommandRunnerOptions) {
    this.#options = options;
    this.#watching = options.world.onDidSettle(() => this.#look());
  }

  dispose(): void {
    this.#watching.dispose();
  }

  #look(): void {
    for (const { place, commands, commandInvocations } of this.#options.world.regions)
      for (const [key, invocation] of commandInvocations) {
        const command = commands.get(invocation.commandId);
        const isWanted = invocation.status === 'InProgress';
        if (isWanted && command && !this.#running.has(key)) this.#start(place, command, invocation);
        if (!isWanted) this.#stop(key);
      }
  }

  /** Cancelled, or out of time. */
  #stop(key: string): void {
    this.#running.get(key)?.signal('SIGKILL');
    this.#running.delete(key);
  }

  #start(place: Place, command: RunCommand, { commandId, instanceId }: CommandInvocation): void {
    const guest = this.#options.guestOf(place, instanceId);
    if (!guest) return;
    const key = invocationKey(commandId, instanceId);
    this.#running.set(key, undefined);
    void this.#run(guest, key, scriptOf(command)).then(result => {
      const isAlive = this.#options.guestOf(place, instanceId) === guest;
      if (result && isAlive && this.#running.has(key)) reportCommandResult(this.#options.world, place, key, result);
      if (isAlive) this.#running.delete(key);
    });
  }

  /** Undefined when nobody waits for it any more. */
  async #run(guest: Guest, key: string, script: string): Promise<CommandResult | undefined> {
    const process = await startShell(guest, script);
    if (!process) return { exitCode: noShellCode, output: '', errorOutput: withFailure('', noShellCode) };
    if (!this.#running.has(key)) {
      process.signal('SIGKILL');
      process.release();
      return undefined;
    }
    this.#running.set(key, process);
    const [output, errorOutput, { code, signal }] = await Promise.all([
      readAll(size => process.readOutput(size), outputLimit),
      readAll(size => process.readError(size), errorLimit),
      process.exited,
    ]);
    process.release();
    const exitCode = signal === undefined ? code : killedCode;
    return { exitCode, output, errorOutput: withFailure(errorOutput, exitCode) };
  }
}

/** Undefined when the instance has lost its shell. */
async function startShell(guest: Guest, script: string): Promise<GuestProcess | undefined> {
  try {
    return await guest.startProcess(['sh', '-c', script], { output: 'pipes', isElevated: true });
  } catch (error) {
    if (error instanceof ExecFailure) return undefined;
    throw error;
  }
}

/** As the agent's plug-in puts it (aws/amazon-ssm-agent:agent/plugins/runscript). */
function withFailure(errorOutput: string, exitCode: number): string {
  return exitCode === 0 ? errorOutput : `${errorOutput}failed to run commands: exit status ${exitCode}`;
}

function scriptOf({ parameters }: RunCommand): string {
  const [directory = ''] = parameters.workingDirectory ?? [];
  const lines = parameters.commands ?? [];
  return (directory === '' ? lines : [`cd ${quoteForShell(directory)} || exit 1`, ...lines]).join('\n');
}

/** Everything is read, so that nobody waits for room in a pipe; only the beginning is kept. */
async function readAll(read: (maxBytes: number) => Promise<Uint8Array | undefined>, limit: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for (let bytes = await read(chunkBytes); bytes; bytes = await read(chunkBytes))
    if (text.length <= limit) text += decoder.decode(bytes, { stream: true });
  return text.length <= limit ? text : `${text.slice(0, limit)}\n---Output truncated---`;
}
