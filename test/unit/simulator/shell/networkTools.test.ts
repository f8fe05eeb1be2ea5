import assert from 'node:assert/strict';
import { type DnsRecord, DnsResponseCode, DnsType, encodeDns } from '../../../../src/packet/headers/dns';
import { encodeText } from '../../../../src/simulator/shell/kernel/text';
import { freshGuest } from '../../../../src/simulator/world/guestState';
import { CloudGuest } from '../../../support/cloudGuest';
import { FakeHostNetwork } from '../../../support/fakeHostNetwork';
import { GuestBench } from '../../../support/guestConsole';
import { readQuestion } from '../../../support/guestFrames';

const zone: Readonly<Record<string, string>> = {
  'ec2.ap-south-1.amazonaws.com': '172.31.36.107',
  'web.ap-south-1.compute.internal': '172.31.36.200',
};

/** A guest whose name server knows two names, and whose neighbours answer, refuse or keep silent. */
function bench(): GuestBench {
  const made = new GuestBench(undefined, { ...freshGuest, packages: { 'nmap-ncat': true } });
  made.network.answerUdp = (address, _port, payload) => (address === '172.31.0.2' ? answer(payload) : undefined);
  made.network.tcp.set('172.31.36.107:80', (_bytes, connection) => {
    connection.reply(encodeText('HTTP/1.1 200 OK\r\nServer: test\r\nContent-Length: 6\r\n\r\nhello\n'));
  });
  made.network.tcp.set('172.31.36.107:81', (_bytes, connection) => connection.finish());
  made.network.tcp.set('172.31.36.107:82', () => undefined);
  made.network.tcp.set('172.31.36.107:84', (_bytes, connection) =>
    connection.reply(encodeText('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')),
  );
  made.network.tcp.set('172.31.36.107:83', 'refused');
  made.network.pings.set('172.31.36.107', 0.523);
  return made;
}

function answer(payload: Uint8Array): Uint8Array {
  const { message, name, type } = readQuestion(payload);
  const answers: DnsRecord[] = [];
  const address = zone[name];
  if (address && type === DnsType.a)
    answers.push({ name, type, class: 1, timeToLive: 60, data: { kind: 'address', address } });
  if (type === DnsType.ptr && name === '107.36.31.172.in-addr.arpa') {
    answers.push({
      name,
      type,
      class: 1,
      timeToLive: 60,
      data: { kind: 'name', name: 'ip-172-31-36-107.ap-south-1.compute.internal' },
    });
  }
  const isKnown = address !== undefined || answers.length > 0;
  const responseCode = isKnown ? DnsResponseCode.noError : DnsResponseCode.noSuchName;
  return encodeDns({ ...message, isResponse: true, recursionAvailable: true, responseCode, answers, additionals: [] });
}

async function output(script: string, made = bench()): Promise<string> {
  return (await made.run(script, 1_500_000)).text;
}

function prints(cases: readonly (readonly [script: string, text: string])[]): void {
  for (const [script, text] of cases)
    it(`prints for ${script}`, async () => assert.equal(await output(`${script}; echo $?`), text));
}

const silentDns = () => {
  const made = bench();
  made.network.answerUdp = () => undefined;
  return made;
};

describe('dig', () => {
  prints([
    ['dig -v', 'DiG 9.18.33\n0\n'],
    ['dig +short ec2.ap-south-1.amazonaws.com', '172.31.36.107\n0\n'],
    ['dig +short nope.example.com', '0\n'],
    ['dig +short -x 172.31.36.107', 'ip-172-31-36-107.ap-south-1.compute.internal.\n0\n'],
    ['dig +short AAAA ec2.ap-south-1.amazonaws.com', '0\n'],
    ['dig +noall +answer ec2.ap-south-1.amazonaws.com', 'ec2.ap-south-1.amazonaws.com. 60 IN\tA\t172.31.36.107\n0\n'],
    [
      'dig +short +tries=2 +time=1 @172.31.9.9 x.y',
      ';; communications error to 172.31.9.9#53: timed out\n;; communications error to 172.31.9.9#53: timed out\n;; no servers could be reached\n9\n',
    ],
  ]);

  it('prints the whole message', async () => {
    const text = await output('dig ec2.ap-south-1.amazonaws.com');
    assert.match(
      text,
      /^\n; <<>> DiG 9\.18\.\d+ <<>> ec2\.ap-south-1\.amazonaws\.com\n;; global options: \+cmd\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: \d+\n;; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0\n/,
    );
    assert.match(text, /;; QUESTION SECTION:\n;ec2\.ap-south-1\.amazonaws\.com\.\tIN\tA\n\n;; ANSWER SECTION:\n/);
    assert.match(
      text,
      /;; Query time: \d+ msec\n;; SERVER: 172\.31\.0\.2#53\(172\.31\.0\.2\) \(UDP\)\n;; WHEN: Sat Nov 21 12:00:\d\d UTC 2026\n;; MSG SIZE {2}rcvd: \d+\n\n$/,
    );
    assert.match(await output('dig nope.example.com'), /status: NXDOMAIN/);
  });

  it('asks with a query of 69 bytes for the name of EC2, as captured on an instance', async () => {
    const made = bench();
    const lengths: number[] = [];
    made.network.answerUdp = (_address, _port, payload) => {
      lengths.push(payload.length);
      return answer(payload);
    };
    await made.run('dig ec2.ap-south-1.amazonaws.com');
    assert.deepEqual(lengths, [69]);
  });
});

describe('name lookups', () => {
  prints([
    ['getent hosts ec2.ap-south-1.amazonaws.com', '172.31.36.107   ec2.ap-south-1.amazonaws.com\n0\n'],
    [
      'getent ahostsv4 ec2.ap-south-1.amazonaws.com | head -1',
      '172.31.36.107   STREAM ec2.ap-south-1.amazonaws.com\n0\n',
    ],
    ['getent hosts web', '172.31.36.200   web.ap-south-1.compute.internal web\n0\n'],
    ['getent hosts nope.example.com', '2\n'],
    ['getent hosts localhost', '127.0.0.1       localhost\n0\n'],
    ['host ec2.ap-south-1.amazonaws.com', 'ec2.ap-south-1.amazonaws.com has address 172.31.36.107\n0\n'],
    ['host nope.example.com', 'Host nope.example.com not found: 3(NXDOMAIN)\n1\n'],
    [
      'nslookup ec2.ap-south-1.amazonaws.com',
      'Server:\t\t172.31.0.2\nAddress:\t172.31.0.2#53\n\nNon-authoritative answer:\nName:\tec2.ap-south-1.amazonaws.com\nAddress: 172.31.36.107\n\n0\n',
    ],
    [
      'nslookup nope.example.com',
      "Server:\t\t172.31.0.2\nAddress:\t172.31.0.2#53\n\n** server can't find nope.example.com: NXDOMAIN\n\n1\n",
    ],
  ]);

  it('search nothing where the DHCP options name no domain (systemd 252 writes "search .")', async () => {
    const made = new GuestBench(timeline => Object.assign(new FakeHostNetwork(timeline), { searchDomain: '' }));
    made.network.answerUdp = (_address, _port, payload) => answer(payload);
    const script = 'grep search /etc/resolv.conf; getent hosts ec2.ap-south-1.amazonaws.com; getent hosts web; echo $?';
    assert.equal(await output(script, made), 'search .\n172.31.36.107   ec2.ap-south-1.amazonaws.com\n2\n');
  });

  it('follow another name server in resolv.conf', async () => {
    const made = bench();
    made.network.answerUdp = (address, _port, payload) => (address === '10.0.0.53' ? answer(payload) : undefined);
    const script = `sudo sh -c 'echo nameserver 10.0.0.53 > /etc/resolv.conf'; dig +short ec2.ap-south-1.amazonaws.com`;
    assert.equal(await output(script, made), '172.31.36.107\n');
  });
});

describe('curl', () => {
  prints([
    ['curl http://ec2.ap-south-1.amazonaws.com/', 'hello\n0\n'],
    ['curl -s -o /dev/null -w "%{http_code} %{remote_ip}\\n" ec2.ap-south-1.amazonaws.com', '200 172.31.36.107\n0\n'],
    ['curl -sI 172.31.36.107', 'HTTP/1.1 200 OK\r\nServer: test\r\nContent-Length: 6\r\n\r\n0\n'],
    ['curl -f 172.31.36.107:84', 'curl: (22) The requested URL returned error: 404\n22\n'],
    ['curl http://nope.example.com', 'curl: (6) Could not resolve host: nope.example.com\n6\n'],
    [
      'curl http://172.31.36.107:83',
      "curl: (7) Failed to connect to 172.31.36.107 port 83 after 1 ms: Couldn't connect to server\n7\n",
    ],
    [
      'curl --connect-timeout 12 http://172.31.9.9',
      'curl: (28) Failed to connect to 172.31.9.9 port 80 after 12000 ms: Timeout was reached\n28\n',
    ],
    ['curl -m 5 http://172.31.9.9', 'curl: (28) Connection timed out after 5000 milliseconds\n28\n'],
    [
      'curl -m 5 http://172.31.36.107:82',
      'curl: (28) Operation timed out after 5000 milliseconds with 0 bytes received\n28\n',
    ],
    ['curl http://172.31.36.107:81', 'curl: (52) Empty reply from server\n52\n'],
    ['curl -s http://172.31.36.107:83', '7\n'],
    ['curl -sS http://172.31.36.107:83 2>&1 | cut -c1-9', 'curl: (7)\n0\n'],
    ['curl ftp://x/', 'curl: (1) Protocol "ftp" not supported\n1\n'],
    ['curl --resolve a.b:80:172.31.36.107 http://a.b/', 'hello\n0\n'],
    [
      'curl --bogus',
      "curl: option --bogus: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n2\n",
    ],
  ]);

  it('tells what it does with -v', async () => {
    const text = await output('curl -sv http://172.31.36.107/x?y=1');
    assert.match(
      text,
      /^\* {3}Trying 172\.31\.36\.107:80\.\.\.\n\* Connected to 172\.31\.36\.107 \(172\.31\.36\.107\) port 80\n> GET \/x\?y=1 HTTP\/1\.1\n> Host: 172\.31\.36\.107\n> User-Agent: /,
    );
    assert.match(text, /\n> User-Agent: curl\/[\d.]+\n> Accept: \*\/\*\n> \n< HTTP\/1\.1 200 OK\n/);
  });

  it('says after the name server has been silent that it could not resolve', async () => {
    const made = silentDns();
    const startMs = made.timeline.now();
    assert.equal(
      await output('curl http://ec2.ap-south-1.amazonaws.com', made),
      'curl: (6) Could not resolve host: ec2.ap-south-1.amazonaws.com\n',
    );
    assert.ok(made.timeline.now() - startMs >= 10_000);
  });

  it('stops at once on Ctrl-C', async () => {
    const terminal = bench().open('curl http://172.31.9.9');
    await terminal.pause(1_000);
    terminal.type('\x03');
    assert.equal(await terminal.end(100), 130);
  });
});

describe('ping', () => {
  it('says of an address of the own subnet that nobody is there, as the kernel finds out', async () => {
    const guest = new CloudGuest();
    const unused = guest.address.replace(/\d+$/, last => String(last === '200' ? 201 : 200));
    const { text, status } = await guest.run(`ping -c 1 ${unused}`);
    assert.equal(
      text,
      `PING ${unused} (${unused}) 56(84) bytes of data.\nFrom ${guest.address} icmp_seq=1 Destination Host Unreachable\n\n--- ${unused} ping statistics ---\n1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n\n`,
    );
    assert.equal(status, 1);
  });

  it('counts answers and times them', async () => {
    const text = await output('ping -c 2 172.31.36.107; echo $?');
    assert.equal(
      text,
      'PING 172.31.36.107 (172.31.36.107) 56(84) bytes of data.\n64 bytes from 172.31.36.107: icmp_seq=1 ttl=64 time=0.523 ms\n64 bytes from 172.31.36.107: icmp_seq=2 ttl=64 time=0.523 ms\n\n--- 172.31.36.107 ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss, time 1000ms\nrtt min/avg/max/mdev = 0.523/0.523/0.523/0.000 ms\n0\n',
    );
  });

  it('ends with 1 when nothing comes back, and counts the time of sending, not of waiting', async () => {
    assert.match(
      await output('ping -c 3 -W 1 172.31.9.9; echo $?'),
      /\n3 packets transmitted, 0 received, 100% packet loss, time 2000ms\n\n1\n$/,
    );
  });

  it('sums up on Ctrl-C', async () => {
    const terminal = bench().open('ping 172.31.36.107');
    await terminal.pause(2_500);
    terminal.type('\x03');
    assert.equal(await terminal.end(1_000), 0);
    assert.match(terminal.text, /3 packets transmitted, 3 received, 0% packet loss/);
  });

  it('distinguishes an unknown name from a silent name server', async () => {
    assert.equal(
      await output('ping nope.example.com; echo $?'),
      'ping: nope.example.com: Name or service not known\n2\n',
    );
    assert.equal(
      await output('ping nope.example.com; echo $?', silentDns()),
      'ping: nope.example.com: Temporary failure in name resolution\n2\n',
    );
  });
});

describe('other network tools', () => {
  prints([
    [
      'ip -br addr',
      'lo               UNKNOWN        127.0.0.1/8 \nenX0             UP             172.31.37.141/20 metric 512 \n0\n',
    ],
    ['ip route | head -1', 'default via 172.31.32.1 dev enX0 proto dhcp src 172.31.37.141 metric 512 \n0\n'],
    ['ip route get 172.31.36.107 | head -1', '172.31.36.107 dev enX0 src 172.31.37.141 uid 1001 \n0\n'],
    ['ip addr show nope0', 'Device "nope0" does not exist.\n1\n'],
    ['ip link add x type dummy', 'RTNETLINK answers: Operation not permitted\n2\n'],
    ['nc -z 172.31.36.107 80', '0\n'],
    ['nc -zv 172.31.36.107 83', 'Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connection refused.\n1\n'],
    ['nc -zv -w 3 172.31.9.9 443', 'Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: TIMEOUT.\n1\n'],
    ['hostname -I; hostname -s', '172.31.37.141 \nip-172-31-37-141\n0\n'],
  ]);
});
