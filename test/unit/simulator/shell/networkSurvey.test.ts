import assert from 'node:assert/strict';
import { readPorts } from '../../../../src/simulator/shell/programs/network/nmapOptions';
import { freshGuest } from '../../../../src/simulator/world/guestState';
import { CloudGuest } from '../../../support/cloudGuest';
import { GuestBench } from '../../../support/guestConsole';

const surveyor = { ...freshGuest, packages: { nmap: true, 'nmap-ncat': true, traceroute: true, telnet: true } };

function bench(): GuestBench {
  const made = new GuestBench(undefined, surveyor);
  made.network.tcp.set('172.31.36.107:80', (_bytes, connection) => connection.finish());
  made.network.tcp.set('172.31.36.107:81', 'refused');
  made.network.pings.set('172.31.36.107', 0.5);
  return made;
}

function prints(cases: readonly (readonly [script: string, text: string | RegExp])[]): void {
  for (const [script, wanted] of cases)
    it(`prints for ${script}`, async () => {
      const { text } = await bench().run(`${script}; echo $?`, 1_500_000);
      if (typeof wanted === 'string') assert.equal(text, wanted);
      else assert.match(text, wanted);
    });
}

describe('nmap', () => {
  prints([
    [
      'nmap -n -p 80-82 172.31.36.107',
      'Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 12:00 UTC\nNmap scan report for 172.31.36.107\nHost is up (0.001s latency).\n\nPORT   STATE    SERVICE\n80/tcp open     http\n81/tcp closed   unknown\n82/tcp filtered unknown\n\nNmap done: 1 IP address (1 host up) scanned in 2.00 seconds\n0\n',
    ],
    [
      'nmap -n 172.31.9.9',
      'Starting Nmap 7.93 ( https://nmap.org ) at 2026-11-21 12:00 UTC\nNote: Host seems down. If it is really up, but blocking our ping probes, try -Pn\nNmap done: 1 IP address (0 hosts up) scanned in 1.00 seconds\n0\n',
    ],
    [
      'nmap -n -Pn -p 1-30 172.31.9.9',
      /Host is up\.\nAll 30 scanned ports on 172\.31\.9\.9 are in ignored states\.\nNot shown: 30 filtered tcp ports \(no-response\)\n/,
    ],
    [
      'nmap -n -Pn -p 80,81 --open 172.31.36.107',
      /Not shown: 1 closed tcp port \(conn-refused\)\nPORT {3}STATE SERVICE\n80\/tcp open {2}http\n/,
    ],
    [
      'sudo nmap -n -sn 172.31.36.104/29',
      /Nmap scan report for 172\.31\.36\.107\nHost is up \(0\.0\d+s latency\)\.\nNmap done: 8 IP addresses \(1 host up\)/,
    ],
    ['nmap -sV 172.31.36.107', 'The practice cloud does not simulate nmap -sV.\n1\n'],
    ['nmap -p nix 172.31.36.107', /^Error #487: Your port specifications are illegal\./],
  ]);

  it('reads ports as they are written', () => {
    assert.deepEqual(readPorts('22,80,T:8000-8002'), [22, 80, 8000, 8001, 8002]);
    assert.equal(readPorts('-')?.length, 65_535);
    assert.equal(readPorts('90-80'), undefined);
  });
});

describe('traceroute', () => {
  prints([
    [
      'traceroute -n 172.31.36.107',
      'traceroute to 172.31.36.107 (172.31.36.107), 30 hops max, 60 byte packets\n 1  172.31.36.107  0.500 ms  0.500 ms  0.500 ms\n0\n',
    ],
    [
      'traceroute -n -m 2 -w 1 52.95.80.10',
      'traceroute to 52.95.80.10 (52.95.80.10), 2 hops max, 60 byte packets\n 1 * * *\n 2 * * *\n0\n',
    ],
    [
      'traceroute -T 172.31.36.107',
      'You do not have enough privileges to use this traceroute method.\nsocket: Operation not permitted\n1\n',
    ],
    ['sudo traceroute -n -T -q 1 172.31.36.107', / 1 {2}172\.31\.36\.107 {2}1\.000 ms\n0\n$/],
  ]);

  it('is answered by the other host’s own network: a closed UDP port says so', async () => {
    const guest = new CloudGuest();
    await guest.run('sudo dnf -qy install traceroute');
    assert.match((await guest.run('traceroute -n $(hostname -i)')).text, /\n 1 {2}[\d.]+ {2}0\.\d{3} ms/);
  });
});

describe('telnet', () => {
  prints([
    [
      'telnet 172.31.36.107 81',
      'Trying 172.31.36.107...\ntelnet: connect to address 172.31.36.107: Connection refused\n1\n',
    ],
    [
      'telnet 172.31.36.107 80 </dev/null',
      "Trying 172.31.36.107...\nConnected to 172.31.36.107.\nEscape character is '^]'.\nConnection closed by foreign host.\n1\n",
    ],
  ]);
});

describe('wget', () => {
  prints([
    ['wget -q http://172.31.36.107:81/', '4\n'],
    [
      'wget http://172.31.36.107:81/',
      '--2026-11-21 12:00:00--  http://172.31.36.107:81/\nResolving 172.31.36.107 (172.31.36.107)... 172.31.36.107\nConnecting to 172.31.36.107 (172.31.36.107)|172.31.36.107|:81... failed: Connection refused.\n4\n',
    ],
  ]);
});

describe('ss', () => {
  it('lists who listens, with the process for its owner and root, and open connections', async () => {
    const guest = new CloudGuest();
    await guest.run('sudo dnf -qy install nmap-ncat');
    const { text } = await guest.run(
      'sleep 9 | nc -lk 9000 & sleep 1; ss -Htlnp sport = :9000; sleep 3 | nc localhost 9000 & sleep 1; ss -Htn dport = :9000; sudo ss -Htlnp "sport = :9000" | grep -c users; kill %1',
    );
    assert.match(
      text,
      /^LISTEN 0 511 0\.0\.0\.0:9000 0\.0\.0\.0:\* users:\(\("nc",pid=\d+,fd=6\)\)\nESTAB 0 0 127\.0\.0\.1:\d+ 127\.0\.0\.1:9000 +\n1\n/,
    );
  });
});

describe('less', () => {
  it('shows a page, searches, goes to the end and leaves the screen as it was', async () => {
    const made = bench();
    const terminal = made.open('seq 100 | less');
    terminal.terminal.resize(80, 10);
    await terminal.shows('\x1b[?1049h');
    await terminal.shows('9\r\n:');
    terminal.type(' ');
    await terminal.shows('18\r\n:');
    terminal.type('/33\r');
    await terminal.shows('\x1b[7m33\x1b[27m\r\n34\r\n');
    terminal.type('G');
    await terminal.shows('100\r\n\x1b[7m(END)\x1b[27m');
    terminal.type('q');
    assert.equal(await terminal.end(), 0);
    assert.ok(terminal.text.endsWith('\x1b[?1049l'));
  });

  it('passes text on where no terminal is', async () => {
    assert.equal(
      (await bench().run('seq 3 | less | cat; less /nix | cat')).text,
      '1\n2\n3\n/nix: No such file or directory\n',
    );
  });
});
