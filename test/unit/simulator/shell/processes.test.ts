import assert from 'node:assert/strict';
import { GuestBench } from '../../../support/guestConsole';
import { runFor, runUntil } from '../../../support/runTimeline';

async function output(script: string): Promise<string> {
  return (await new GuestBench().run(script)).text;
}

describe('processes', () => {
  it('give 128 plus the number of the signal that killed them', async () => {
    const script = 'sh -c "kill -TERM \\$\\$"; echo $?';
    assert.equal(await output(script), '143\n');
    assert.match(
      await output(`cat > /tmp/s <<'E'\n${script}\nE\nsh /tmp/s`),
      /^\/tmp\/s: line 1: +\d+ Terminated {14}sh -c .*\n143\n$/,
    );
    assert.equal((await new GuestBench().run('kill -9 $$')).status, 137);
  });

  it('run in the background until they are waited for', async () => {
    assert.equal(await output('sleep 3 & a=$!; sleep 1 & wait $a; echo $?; wait; echo all'), '0\nall\n');
    assert.equal(await output('(exit 7) & wait $!; echo $?'), '7\n');
    assert.equal(
      await output('wait 99999; echo $?'),
      'sh: line 1: wait: pid 99999 is not a child of this shell\n127\n',
    );
  });

  it('sleep in simulated time', async () => {
    const bench = new GuestBench();
    const beforeMs = bench.timeline.now();
    await bench.run('sleep 1.5; sleep 2m');
    assert.equal(bench.timeline.now() - beforeMs, 121_500);
  });

  it('stream through pipes and end by SIGPIPE when nobody reads', async () => {
    assert.equal(await output('yes | head -2; set -o pipefail; yes | head -1 >/dev/null; echo $?'), 'y\ny\n141\n');
    assert.equal(await output('(echo first; sleep 5; echo second) | grep --line-buffered f'), 'first\n');
  });

  it('pass a line on before the writer has ended', async () => {
    const bench = new GuestBench();
    const terminal = bench.open('(echo early; sleep 100) | cat | grep e | tee /tmp/copy');
    await terminal.shows('early', 1_000);
    terminal.type('\x03');
    assert.equal(await terminal.end(1_000), 130);
  });

  it('share a processor: a loop that never waits lets Ctrl-C through', async () => {
    const bench = new GuestBench();
    const terminal = bench.open('while :; do :; done');
    await terminal.pause(50);
    assert.equal(terminal.status, undefined);
    terminal.type('\x03');
    assert.equal(await terminal.end(1_000), 130);
  });

  it('obey traps, and keep $? through them', async () => {
    assert.equal(await output('trap "echo got \\$?" USR1; false; kill -USR1 $$; echo $?'), 'got 0\n0\n');
    assert.equal(await output('trap "echo bye" EXIT; (trap - EXIT; exit 0); exit 3'), 'bye\n');
    assert.equal(
      await output('trap "" TERM; kill -TERM $$; echo alive; trap - TERM; kill -TERM $$; echo dead'),
      'alive\n',
    );
  });

  it('end a wait when a trapped signal comes', async () => {
    const bench = new GuestBench();
    const terminal = bench.open('trap "echo caught" INT; sleep 100 & wait; echo "status $?"');
    await terminal.pause(10);
    terminal.type('\x03');
    await terminal.end(1_000);
    assert.equal(terminal.text, '^Ccaught\r\nstatus 130\r\n');
  });

  it('leave the keyboard alone in the background of a script', async () => {
    const bench = new GuestBench();
    const terminal = bench.open('trap : INT; (sleep 2; echo survived) & sleep 100; wait; wait');
    await terminal.pause(10);
    terminal.type('\x03');
    await terminal.end(5_000);
    assert.match(terminal.text, /survived/);
  });

  it('cannot signal those of another user', async () => {
    assert.match(
      await output(
        'sudo sleep 50 & sleep 0.1; kill $(ps -ef | grep "root.*sleep 50" | grep -v -e grep -e sudo | awk "{print \\$2}"); sudo kill %1 $!',
      ),
      /Operation not permitted/,
    );
  });

  it('are refused beyond the limit instead of filling memory', async () => {
    const bench = new GuestBench();
    const terminal = bench.open('f() { f | f & }; f; sleep 1; echo end');
    await runFor(bench.timeline, 3_000);
    terminal.terminal.hangUp();
    bench.guest.shutDown();
    await runUntil(bench.timeline, () => terminal.status !== undefined, 1_000);
  });

  it('take everything with them when the terminal hangs up', async () => {
    const bench = new GuestBench();
    const terminal = bench.open('sudo tcpdump -i enX0');
    await terminal.shows('listening');
    assert.equal(bench.network.tapCount, 1);
    terminal.terminal.hangUp();
    await runFor(bench.timeline, 100);
    assert.equal(bench.network.tapCount, 0);
    assert.equal(await terminal.end(100), 137);
  });
});

describe('timeout', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['timeout 2 sleep 9; echo $?', '124\n'],
    ['timeout 2 sleep 1; echo $?', '0\n'],
    ['timeout -s INT 1 sleep 9; echo $?', '124\n'],
    ['timeout -k 2 1 sh -c "trap \'\' TERM; sleep 9; sleep 9"; echo $?', '137\n'],
    ['timeout --preserve-status 1 sleep 9; echo $?', '143\n'],
    ['timeout 5 nosuch; echo $?', 'timeout: failed to run command ‘nosuch’: No such file or directory\n127\n'],
    ['timeout 1x sleep 1; echo $?', 'timeout: invalid time interval ‘1x’\n125\n'],
    ['timeout 5 sh -c "exit 9"; echo $?', '9\n'],
  ];
  for (const [script, text] of cases) it(`prints for ${script}`, async () => assert.equal(await output(script), text));

  it('keeps its command out of reach of Ctrl-C unless it stays in the foreground', async () => {
    for (const [option, endsEarly] of [
      ['--foreground', true],
      ['', false],
    ] as const) {
      const bench = new GuestBench();
      const terminal = bench.open(`trap : INT; timeout ${option} 20 sleep 50; echo "end $?"`);
      await terminal.pause(1_000);
      terminal.type('\x03');
      await terminal.pause(1_000);
      assert.equal(/end/.test(terminal.text), endsEarly);
      await terminal.end(60_000);
    }
  });
});

describe('sudo', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['sudo -n nosuch; echo $?', 'sudo: nosuch: command not found\n1\n'],
    ['sudo whoami; sudo -u ec2-user whoami; whoami', 'root\nec2-user\nssm-user\n'],
    ['sudo sh -c "exit 5"; echo $?', '5\n'],
    ['sudo A=b env | grep -E "^(A|HOME|SUDO_USER)="', 'HOME=/root\nSUDO_USER=ssm-user\nA=b\n'],
    ['sudo su - -c "whoami; pwd"', 'root\n/root\n'],
    ['sudo rm /etc/sudoers.d/ssm-agent-users; sudo -n id; echo $?', 'sudo: a password is required\n1\n'],
    ['sudo sh -c "echo 10.0.0.9 db >> /etc/hosts"; getent hosts db', '10.0.0.9        db\n'],
  ];
  for (const [script, text] of cases) it(`prints for ${script}`, async () => assert.equal(await output(script), text));
});
