// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell parameters, not templates.
import assert from 'node:assert/strict';
import { GuestBench } from '../../../support/guestConsole';

const prompt = 'sh-5.2$ ';

async function atPrompt() {
  const bench = new GuestBench();
  const terminal = bench.open();
  await terminal.shows(prompt);
  return { bench, terminal };
}

/** Types a line and gives what appears until the next prompt. */
async function type(terminal: Awaited<ReturnType<typeof atPrompt>>['terminal'], line: string): Promise<string> {
  terminal.text = '';
  terminal.type(`${line}\r`);
  await terminal.until(text => text.endsWith(prompt));
  return terminal.text.slice(0, -prompt.length);
}

describe('an interactive shell', () => {
  it('echoes, runs and prompts again', async () => {
    const { terminal } = await atPrompt();
    assert.equal(await type(terminal, 'echo hello'), 'echo hello\r\nhello\r\n');
    assert.equal(await type(terminal, 'x=5'), 'x=5\r\n');
    assert.equal(await type(terminal, 'echo $x $?'), 'echo $x $?\r\n5 0\r\n');
  });

  it('edits with erase, word erase and kill', async () => {
    const { terminal } = await atPrompt();
    assert.match(await type(terminal, 'junk\x15echo abX\x7fc one two\x17three'), /\r\nabc one three\r\n$/);
    assert.match(await type(terminal, 'echo é\x7fe'), /\r\ne\r\n$/);
  });

  it('asks for the rest of an unfinished command', async () => {
    const { terminal } = await atPrompt();
    terminal.type('for i in 1 2\r');
    await terminal.shows('> ');
    terminal.type('do echo "n$i"\rdone\r');
    await terminal.shows('n1\r\nn2\r\n');
    terminal.type('cat <<E\r');
    terminal.type('text\rE\r');
    await terminal.shows('E\r\ntext\r\n');
  });

  it('gives a new prompt for Ctrl-C and exits for Ctrl-D', async () => {
    const { terminal } = await atPrompt();
    terminal.text = '';
    terminal.type('echo lost');
    await terminal.shows('lost');
    terminal.type('\x03');
    await terminal.until(text => text.endsWith(prompt));
    assert.equal(terminal.text, `echo lost^C\r\n${prompt}`);
    assert.match(await type(terminal, 'echo $?'), /\r\n130\r\n$/);
    terminal.type('\x04');
    assert.equal(await terminal.end(), 0);
    assert.match(terminal.text, /exit\r\n$/);
  });

  it('stops a program with Ctrl-C and leaves the list that it was in', async () => {
    const { terminal } = await atPrompt();
    terminal.text = '';
    terminal.type('for i in 1 2 3; do sleep 50; echo $i; done\r');
    await terminal.pause(100);
    terminal.type('\x03');
    await terminal.until(text => text.endsWith(prompt), 1_000);
    assert.doesNotMatch(terminal.text, /\r\n1\r\n/);
    assert.match(await type(terminal, 'echo $?'), /\r\n130\r\n$/);
  });

  it('has jobs that stop, go on and are reported', async () => {
    const { terminal } = await atPrompt();
    terminal.type('sleep 30\r');
    await terminal.pause(10);
    terminal.type('\x1a');
    await terminal.shows('[1]+  Stopped                 sleep 30');
    assert.match(await type(terminal, 'jobs'), /\[1\]\+ {2}Stopped {17}sleep 30/);
    assert.match(await type(terminal, 'bg'), /\[1\]\+ sleep 30 &/);
    await terminal.pause(31_000);
    assert.match(await type(terminal, ''), /\[1\]\+ {2}Done {20}sleep 30/);
    assert.match(await type(terminal, 'sleep 9 & fg'), /\[1\] \d+\r\nsleep 9\r\n/);
  });

  it('hands the terminal to what runs in front', async () => {
    const { terminal } = await atPrompt();
    terminal.type('cat\r');
    await terminal.pause(10);
    terminal.text = '';
    terminal.type('to cat\r\x04');
    await terminal.until(text => text.endsWith(prompt));
    assert.equal(terminal.text, `to cat\r\nto cat\r\n${prompt}`);
  });

  it('is called after its program and user', async () => {
    const bench = new GuestBench();
    const terminal = bench.open();
    terminal.type('bash\r');
    await terminal.shows('[ssm-user@ip-172-31-37-141 bin]$ ');
    terminal.type('sudo su -\r');
    await terminal.shows('[root@ip-172-31-37-141 ~]# ');
  });
});

describe('a command line', () => {
  const keys = { left: '\x1b[D', right: '\x1b[C', up: '\x1b[A', down: '\x1b[B', home: '\x1b[H', delete: '\x1b[3~' };

  it('is edited in its middle', async () => {
    const { terminal } = await atPrompt();
    assert.match(await type(terminal, `echo ac${keys.left}b`), /\r\nabc\r\n$/);
    assert.match(await type(terminal, `cho x${keys.home}e`), /\r\nx\r\n$/);
    assert.match(await type(terminal, `echo xyz${keys.left}${keys.left}${keys.delete}`), /\r\nxz\r\n$/);
    assert.match(await type(terminal, `one two\x15echo \x19${keys.left}${keys.right}!`), /\r\none two!\r\n$/);
    assert.match(await type(terminal, `echo ü€😀z${keys.left}\x7f`), /\r\nü€z\r\n$/);
  });

  it('comes back with the arrow keys', async () => {
    const { terminal } = await atPrompt();
    await type(terminal, 'echo first');
    await type(terminal, 'echo second');
    assert.match(await type(terminal, `draft${keys.up}${keys.up}`), /\r\nfirst\r\n$/);
    assert.match(await type(terminal, `${keys.up}${keys.up}${keys.down}${keys.down}echo third`), /\r\nthird\r\n$/);
  });

  it('goes on over the edge of a narrow screen', async () => {
    const bench = new GuestBench();
    const terminal = bench.open();
    terminal.terminal.resize(20, 10);
    await terminal.shows(prompt);
    assert.match(await type(terminal, `echo aaaaaaaaaaaaaaaaaaaaaaaaa${keys.home}${keys.delete}e`), /\r\na{25}\r\n$/);
  });

  it('is not shown while echo is off', async () => {
    const { terminal } = await atPrompt();
    await type(terminal, 'stty -echo');
    assert.equal(await type(terminal, 'echo quiet'), '\r\nquiet\r\n');
  });

  it('leaves keys typed ahead to the program that it starts', async () => {
    const { terminal } = await atPrompt();
    terminal.type('head -1\rfor head\recho after\r');
    await terminal.shows('after\r\n');
    assert.match(terminal.text, /for head\r\n/);
  });
});

describe('a terminal', () => {
  it('has the size it was given, and none before', async () => {
    const bench = new GuestBench();
    const terminal = bench.open('stty size; sleep 1; stty size');
    terminal.terminal.resize(80, 24);
    await terminal.end();
    assert.equal(
      terminal.text,
      '24 80\r\n24 80\r\n'.replace('24 80', terminal.text.startsWith('0 0') ? '0 0' : '24 80'),
    );
    assert.equal((await bench.run('stty size')).text, '0 0\n');
  });

  it('sends carriage returns and echo until stty says otherwise', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(
      'echo a; stty -echo -onlcr; echo b; sleep 1; stty sane; echo c; stty -a | grep -o -e "[-]*onlcr" -e "[-]*echo "',
    );
    await terminal.shows('b');
    terminal.type('x\x03');
    await terminal.end();
    assert.equal(terminal.text, 'a\r\nb\n');
    const sane = bench.open('stty -echo -onlcr; stty sane; stty -a | grep -o -e "-*onlcr" -e "-*echo "');
    await sane.end();
    assert.equal(sane.text, 'onlcr\r\necho \r\n');
  });

  it('shows only what differs without -a, and restores what -g saved', async () => {
    const { text } = await new GuestBench().run(
      's=$(stty -g); stty -echo intr ^Y; stty -a | grep -o "intr = [^;]*"; stty; stty "$s"; stty',
    );
    assert.equal(text, 'intr = ^Y\nspeed 38400 baud; line = 0;\n-echo\nspeed 38400 baud; line = 0;\n');
  });

  it('is none to stty when standard input is not one', async () => {
    const { text } = await new GuestBench().run('stty -echo < /dev/null; echo $?; echo x | tty; stty -bogus');
    assert.equal(
      text,
      "stty: 'standard input': Inappropriate ioctl for device\n1\nnot a tty\nstty: invalid argument ‘-bogus’\nTry 'stty --help' for more information.\n",
    );
  });

  it('makes writers wait for a slow reader, and loses nothing', async () => {
    const bench = new GuestBench();
    const terminal = bench.open('seq 5000; echo done', { readsAtOnce: false });
    await terminal.pause(1_000);
    assert.equal(terminal.status, undefined);
    while (!terminal.isClosed) await Promise.all([terminal.readOnce(1_000), terminal.pause(1)]);
    const numbers = Array.from({ length: 5_000 }, (_, index) => index + 1);
    assert.equal(terminal.text, [...numbers, 'done', ''].join('\r\n'));
  });

  it('hides a password typed at read -s', async () => {
    const bench = new GuestBench();
    const terminal = bench.open('read -s -p "Key: " k; echo; echo "got ${#k}"');
    await terminal.shows('Key: ');
    terminal.type('secret\r');
    await terminal.end();
    assert.equal(terminal.text, 'Key: \r\ngot 6\r\n');
  });
});
