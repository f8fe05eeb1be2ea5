import assert from 'node:assert/strict';
import { OfficialSession } from '../../../support/officialSession';
import { place, target } from '../../../support/practiceSessions';

const OUTPUT = 1;
const ERROR = 11;
const EXIT = 12;

/** A session of AWS-StartNonInteractiveCommand. */
class CommandSession extends OfficialSession {
  run(command: string, parameters: Readonly<Record<string, string>> = {}, version?: string): void {
    this.start('AWS-StartNonInteractiveCommand', { command, ...parameters }, version === undefined ? {} : { version });
  }
}

const separate = { separateOutputStream: 'true' };

describe('a non-interactive command session', () => {
  let session: CommandSession;

  beforeEach(() => {
    session = new CommandSession();
  });

  it('begins with a handshake that names its type, in the field order of the official agent', async () => {
    session.run('true');
    await session.end();
    const [first] = session.client.received.filter(({ type }) => type === 'output_stream_data');
    assert.equal(
      first?.payload.toString(),
      '{"AgentVersion":"3.3.3050.0","RequestedClientActions":[{"ActionType":"SessionType",' +
        '"ActionParameters":{"SessionType":"NonInteractiveCommands","Properties":null}}]}',
    );
    assert.deepEqual([first?.payloadType, first?.sequence, first?.flags], [5, 0n, 1n]);
    assert.equal(session.client.handshakeComplete?.CustomerMessage, '');
  });

  it('sets SYN on sequence 0 alone and both flags on acknowledgements', async () => {
    session.run('echo one');
    await session.end();
    const flags = session.client.received.map(({ type, flags: bits }) => `${type} ${bits}`);
    assert.deepEqual(
      new Set(flags.filter(text => text.startsWith('output')).slice(1)),
      new Set(['output_stream_data 0']),
    );
    assert.ok(flags.includes('acknowledge 3'));
    assert.equal(session.client.received.at(-1)?.type, 'channel_closed');
  });

  it('shows nothing before the command has ended, then both streams as output, and no exit code', async () => {
    session.run(`sh -c 'echo first; sleep 5; echo second >&2; exit 4'`);
    await session.wait(4_000);
    assert.equal(session.client.textOf(OUTPUT), '');
    await session.end();
    assert.equal(session.client.textOf(OUTPUT), 'first\nsecond\n');
    assert.deepEqual([session.client.textOf(ERROR), session.client.textOf(EXIT)], ['', '']);
    assert.equal(session.client.closingOutput, '');
  });

  it('splits like a shell but runs without one: no pipe, no variable, no pattern', async () => {
    session.run(`echo "a b" 'c d' e\\ f $HOME *.txt | cat; x # gone`);
    await session.end();
    assert.equal(session.client.textOf(OUTPUT), 'a b c d e f $HOME *.txt | cat; x\n');
  });

  it('sends separate streams live, and the exit code last', async () => {
    session.run(`sh -c 'echo out; echo err >&2; sleep 5; exit 4'`, separate);
    await session.wait(2_000);
    assert.deepEqual([session.client.textOf(OUTPUT), session.client.textOf(ERROR)], ['out\n', 'err\n']);
    await session.end();
    assert.equal(session.client.textOf(EXIT), 'EXIT_CODE: 4');
    assert.equal(session.client.payloads.at(-1)?.type, EXIT);
  });

  it('puts the prefixes before the first chunk and after each line end', async () => {
    const prefixes = { stdoutSeparatorPrefix: 'OUT:', stderrSeparatorPrefix: 'ERR:' };
    session.run(`sh -c 'printf a; sleep 1; printf "b\\n"; sleep 1; echo c; echo d >&2'`, {
      ...separate,
      ...prefixes,
    });
    await session.end();
    assert.deepEqual([session.client.textOf(OUTPUT), session.client.textOf(ERROR)], ['OUT:ab\nOUT:c\n', 'ERR:d\n']);
  });

  it('ends at once with a prefix of another form', async () => {
    session.run('true', { ...separate, stderrSeparatorPrefix: 'E@' });
    await session.end();
    assert.equal(session.client.closingOutput, 'invalid stderrSeparatorPrefix E@');
  });

  it('loses the rest of separate output to a single pause, but not the exit code', async () => {
    session.run(`sh -c 'echo before; sleep 5; echo lost; echo lost'`, separate);
    await session.wait(2_000);
    session.client.transport.close();
    await session.wait(2_500);
    const again = session.resume();
    await session.until(() => again.isClosed);
    assert.match(session.client.textOf(OUTPUT), /before/);
    assert.equal(
      again.received.some(({ payload }) => /EXIT_CODE: 0/.test(payload.toString())),
      true,
    );
    assert.equal(
      again.received.some(({ payload }) => /lost\nlost/.test(payload.toString())),
      false,
    );
  });

  for (const mode of [{}, separate]) {
    const name = 'separateOutputStream' in mode ? 'with separate streams' : 'with gathered output';
    it(`turns Ctrl-C into SIGINT for the command and drops all other keys, ${name}`, async () => {
      session.run(`sh -c 'trap "echo caught; exit 7" INT; sleep 1 & wait; sleep 60 & wait; echo ended'`, mode);
      await session.wait(1_500);
      session.client.write('never read\r');
      session.client.write('x\x03y');
      await session.end();
      assert.match(session.client.textOf(OUTPUT), /^caught\n$/);
      // The agent waits for one process twice: the code is 1 whatever the command returned.
      assert.equal(session.client.textOf(EXIT), 'separateOutputStream' in mode ? 'EXIT_CODE: 1' : '');
    });
  }

  it('kills the command alone at TerminateSession: what sudo started lives on as a child of init', async () => {
    session.run('sudo -n sleep 300', separate);
    await session.wait(1_500);
    session.world.service.terminate(session.sessionId);
    await session.end();
    const { text } = await session.bench.run('ps -ef');
    assert.match(text, /^root +\d+ +1 .* sleep 300$/m);
    assert.doesNotMatch(text, /sudo -n sleep/);
  });

  it('says why a program could not be started: exit code 1 at once, the reason a second later', async () => {
    session.run('nosuch --flag', separate);
    await session.until(() => session.client.textOf(EXIT) !== '');
    const toldMs = session.bench.timeline.now();
    await session.end();
    assert.deepEqual(
      session.client.payloads.map(({ type, bytes }) => [type, bytes.toString()]),
      [
        [EXIT, 'EXIT_CODE: 1'],
        [ERROR, 'exec: "nosuch": executable file not found in $PATH'],
      ],
    );
    assert.ok(session.bench.timeline.now() - toldMs >= 1_000);
  });

  it('refuses a command that cannot be split, with the reason in channel_closed', async () => {
    session.run(`echo 'open`);
    await session.end();
    const reason =
      'Unable to start command: Failed to parse commands input: EOF found when expecting closing quote\n\n';
    assert.equal(session.client.textOf(ERROR), reason);
    assert.equal(session.client.closingOutput, `\n----------ERROR-------\n${reason}`);
  });

  it('asks a client that knows no separate streams to upgrade', async () => {
    session.run('true', separate, '1.2.0.0');
    await session.end();
    assert.match(session.client.handshakeComplete?.CustomerMessage ?? '', /minimum required version 1\.2\.312\.0/);
  });

  it('fails after 15 s without an answer to the handshake', async () => {
    const started = session.world.service.start({
      place,
      target,
      callerName: 'student',
      document: 'AWS-StartNonInteractiveCommand',
      parameters: { command: ['true'] },
    });
    await session.wait(15_000);
    assert.equal(session.world.service.find(started.sessionId)?.status, 'Connecting');
    await session.wait(3_000);
    assert.equal(session.world.service.find(started.sessionId)?.status, 'Failed');
  });

  it('reports -1 for a command that a signal killed', async () => {
    session.run(`sh -c 'kill -9 $$'`, separate);
    await session.end();
    assert.equal(session.client.textOf(EXIT), 'EXIT_CODE: -1');
  });
});
