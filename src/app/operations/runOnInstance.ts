import { LabError } from '../../core/errors';
import type { InstanceId } from '../../core/ids';
import type { SessionGateway } from '../../core/ports/sessionGateway';
import type { SessionEnd } from '../../ssm/channelStatus';
import { openSession, type Session } from '../../ssm/session';
import type { SessionRegister } from '../../ssm/sessionRegister';
import type { SessionPorts } from '../sessionPorts';

export interface RunOptions {
  readonly ports: SessionPorts;
  readonly signal?: AbortSignal | undefined;
  /** Default 60 s. */
  readonly timeLimitMs?: number;
  /** Hears what the command prints, as it comes. */
  readonly onText?: ((text: string) => void) | undefined;
  /** Hears of the session's beginning and end. */
  readonly register?: SessionRegister | undefined;
}

export interface CommandResult {
  /** Both streams, as a terminal shows them, with plain line ends. */
  readonly output: string;
  readonly exitCode: number;
}

const TIME_LIMIT_MS = 60_000;

/**
 * Runs one shell line on an instance through a session of its own and waits for its end. Rejects with a `LabError`
 * (`targetNotConnected`, `sessionTimedOut`, `sessionEnded`, …) or the signal's reason; no session stays behind.
 */
export async function runOnInstance(
  sessions: SessionGateway,
  instanceId: InstanceId,
  command: string,
  options: RunOptions,
): Promise<CommandResult> {
  const { ports, signal, register } = options;
  const mark = `vpc-labs-${ports.uuid()}`;
  // Interactive documents report no exit code, so the line prints it behind a mark that no program can know.
  const line = `stty -echo -onlcr; (${command}\n); printf '\\n%s:%s\\n' ${mark} "$?"`;
  const session = await openSession(
    sessions,
    instanceId,
    { name: 'AWS-StartInteractiveCommand', command: line },
    { ports, signal, register },
  );
  try {
    return await collect(session, mark, options);
  } finally {
    await session.end();
  }
}

function collect(
  session: Session,
  mark: string,
  { ports, timeLimitMs = TIME_LIMIT_MS, signal, onText }: RunOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder();
    const ending = new RegExp(`\\r?\\n${mark}:(\\d+)\\r?\\n`);
    let text = '';
    const timer = ports.clock.after(timeLimitMs, () => reject(new LabError('sessionTimedOut')));
    session.closed
      .then(end => {
        timer.dispose();
        signal?.throwIfAborted();
        throw endedEarly(end);
      })
      .catch(reject);
    session.onOutput(({ bytes }) => {
      const news = decoder.decode(bytes, { stream: true });
      text += news;
      if (!text.includes(mark)) onText?.(news);
      const found = text.includes(mark) ? ending.exec(text) : undefined;
      if (found) resolve({ output: text.slice(0, found.index).replaceAll('\r\n', '\n'), exitCode: Number(found[1]) });
    });
  });
}

/** What it means for work on an instance that its session is over. */
export function endedEarly(end: SessionEnd): LabError {
  const parameters = end.reason ? { detail: end.reason } : {};
  switch (end.cause) {
    case 'timedOut':
      return new LabError('sessionTimedOut', parameters);
    case 'unreachable':
      return new LabError('channelFailed', parameters);
    case 'finished':
    case 'failed':
    case 'gone':
    case 'ended':
      return new LabError('sessionEnded', parameters);
  }
}
