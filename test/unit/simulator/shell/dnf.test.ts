import assert from 'node:assert/strict';
import { type DnsRecord, DnsType, encodeDns } from '../../../../src/packet/headers/dns';
import { CloudGuest } from '../../../support/cloudGuest';
import { GuestBench } from '../../../support/guestConsole';
import { readQuestion } from '../../../support/guestFrames';

const host = 'al2023-repos-ap-south-1-de612dc2.s3.dualstack.ap-south-1.amazonaws.com';
const list = `https://${host}/core/mirrors/2023.9.20261020/x86_64/mirror.list`;

/** A guest that can resolve every name, and reach nothing. */
function cutOff(): GuestBench {
  const bench = new GuestBench();
  bench.network.answerUdp = (_address, _port, payload) => {
    const { message, name, type } = readQuestion(payload);
    const answers: DnsRecord[] =
      type === DnsType.a
        ? [{ name, type, class: 1, timeToLive: 5, data: { kind: 'address', address: '52.219.62.20' } }]
        : [];
    return encodeDns({ ...message, isResponse: true, recursionAvailable: true, answers, additionals: [] });
  };
  return bench;
}

describe('dnf', () => {
  it('wants root for what changes the system', async () => {
    const { text, status } = await new GuestBench().run('dnf install -y nginx');
    assert.equal(
      text,
      'Error: This command has to be run with superuser privileges (under the root user on most systems).\n',
    );
    assert.equal(status, 1);
  });

  it('downloads over the network, installs with all that is required, and brings the programs', async () => {
    const guest = new CloudGuest();
    const { text, status } = await guest.run('command -v nc; sudo dnf install -y nmap-ncat; command -v nc');
    assert.equal(status, 0);
    assert.match(
      text,
      /^Amazon Linux 2023 repository +[\d.]+ [kM]B\/s \| 340 kB +00:0\d {4}\nDependencies resolved\.\n={80}\n/,
    );
    assert.match(text, /\nInstalling:\n nmap-ncat +x86_64 +3:7\.93-1\.amzn2023\.0\.2 +amazonlinux +232 k\n/);
    assert.match(text, /\nComplete!\n\/usr\/bin\/nc\n$/);
  });

  it('asks first, and does nothing when the answer is no', async () => {
    const guest = new CloudGuest();
    const terminal = guest.open('sudo dnf install traceroute');
    await terminal.shows('Is this ok [y/N]: ');
    terminal.type('n\r');
    assert.equal(await terminal.end(), 1);
    assert.match(terminal.text, /Operation aborted\.\r\n$/);
  });

  it('says what is there already, and what it does not know', async () => {
    const guest = new CloudGuest();
    const known = await guest.run('sudo dnf -y install tcpdump bind-utils');
    assert.match(known.text, /Package tcpdump-14:4\.99\.1-1\.amzn2023\.0\.2\.x86_64 is already installed\.\n/);
    assert.match(known.text, /\nDependencies resolved\.\nNothing to do\.\nComplete!\n$/);
    const unknown = await guest.run('sudo dnf -y install ngnix');
    assert.match(
      unknown.text,
      /^Last metadata expiration check: 0:00:0\d ago on .*\nNo match for argument: ngnix\nError: Unable to find a match: ngnix\n$/,
    );
    assert.equal(unknown.status, 1);
  });

  it('gives up after twelve tries of thirty seconds where no path leads to the repository', async () => {
    const bench = cutOff();
    const startMs = bench.timeline.now();
    const { text, status } = await bench.run('sudo dnf -y install nginx', 1_000_000);
    assert.equal(Math.round((bench.timeline.now() - startMs) / 1000), 360);
    const reason = `Curl error (28): Timeout was reached for ${list} [Failed to connect to ${host} port 443 after 30000 ms: Timeout was reached]`;
    assert.equal(
      text,
      [
        'Amazon Linux 2023 repository                    0.0  B/s |   0  B     06:00    ',
        "Errors during downloading metadata for repository 'amazonlinux':",
        `  - ${reason}`,
        `Error: Failed to download metadata for repo 'amazonlinux': Cannot prepare internal mirrorlist: ${reason}`,
        'Ignoring repositories: amazonlinux',
        'No match for argument: nginx',
        'Error: Unable to find a match: nginx',
        '',
      ].join('\n'),
    );
    assert.equal(status, 1);
  });

  it('says that the name does not resolve', async () => {
    const bench = cutOff();
    bench.network.answerUdp = (_address, _port, payload) =>
      encodeDns({ ...readQuestion(payload).message, isResponse: true, responseCode: 3, additionals: [] });
    const { text } = await bench.run('sudo dnf makecache', 1_000_000);
    assert.match(
      text,
      / {2}- Curl error \(6\): Couldn't resolve host name for https:\S+ \[Could not resolve host: al2023-repos-ap-south-1-\S+\]\n/,
    );
  });

  it('takes the repository name without the dual-stack part when told so', async () => {
    const bench = cutOff();
    const names: string[] = [];
    const { answerUdp } = bench.network;
    bench.network.answerUdp = (address, port, payload) => {
      names.push(readQuestion(payload).name);
      return answerUdp(address, port, payload);
    };
    await bench.run('echo | sudo tee /etc/dnf/vars/dualstack >/dev/null; sudo timeout 5 dnf makecache');
    assert.deepEqual([...new Set(names)], ['al2023-repos-ap-south-1-de612dc2.s3.ap-south-1.amazonaws.com']);
  });

  it('removes a package with what nothing needs any more', async () => {
    const guest = new CloudGuest();
    await guest.run('sudo dnf -qy install nmap');
    const { text } = await guest.run('sudo dnf -qy remove nmap; command -v nmap nc; dnf -q list installed libssh2');
    assert.match(text, /\nError: No matching Packages to list\n$/);
  });

  it('says in quiet mode only what was installed or removed (dnf 4.14, dnf/cli/cli.py: do_transaction)', async () => {
    const guest = new CloudGuest();
    const name = 'nmap-ncat-3:7.93-1.amzn2023.0.2.x86_64';
    assert.match(
      (await guest.run('sudo dnf -qy install nmap-ncat')).text,
      new RegExp(`^\nInstalled:\n {2}[^]*${name}[^\n]*\n\n$`),
    );
    assert.match(
      (await guest.run('sudo dnf -qy remove nmap-ncat')).text,
      new RegExp(`^\nRemoved:\n {2}[^]*${name}[^\n]*\n\n$`),
    );
  });

  it('lists, describes and searches', async () => {
    const guest = new CloudGuest();
    assert.match(
      (await guest.run('dnf -q list installed "tcp*"')).text,
      /^Installed Packages\ntcpdump\.x86_64 +14:4\.99\.1-1\.amzn2023\.0\.2 +@System\n$/,
    );
    assert.match(
      (await guest.run('dnf -q info nginx')).text,
      /^Available Packages\nName {9}: nginx\nEpoch {8}: 1\nVersion {6}: 1\.28\.0\n/,
    );
    assert.match(
      (await guest.run('dnf -q search traceroute')).text,
      /^=+ Name Matched: traceroute =+\ntraceroute\.x86_64 : /,
    );
  });

  it('leaves what rpm can be asked about', async () => {
    const { text, status } = await new GuestBench().run('rpm -q bash nix; rpm -qa | grep -c tcpdump');
    assert.equal(text, 'bash-5.2.15-1.amzn2023.0.2.x86_64\npackage nix is not installed\n1\n');
    assert.equal(status, 0);
  });
});
