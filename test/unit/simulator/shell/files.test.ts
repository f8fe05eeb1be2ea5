import assert from 'node:assert/strict';
import { GuestBench } from '../../../support/guestConsole';

describe("a guest's files", () => {
  const cases: readonly (readonly [script: string, text: string])[] = [
    ['ls /root', "ls: cannot open directory '/root': Permission denied\n2\n"],
    ['ls /none', "ls: cannot access '/none': No such file or directory\n2\n"],
    ['touch /etc/x', "touch: cannot touch '/etc/x': Permission denied\n1\n"],
    ['mkdir /etc/x', "mkdir: cannot create directory '/etc/x': Permission denied\n1\n"],
    ['rm /etc/hosts', "rm: cannot remove '/etc/hosts': Permission denied\n1\n"],
    ['cat /root/x', 'cat: /root/x: Permission denied\n1\n'],
    [
      'find /etc -name "*.conf"',
      '/etc/dnf/dnf.conf\n/etc/nsswitch.conf\n/etc/resolv.conf\nfind: ‘/etc/sudoers.d’: Permission denied\n1\n',
    ],
    ['sudo find /etc/sudoers.d -type f', '/etc/sudoers.d/ssm-agent-users\n0\n'],
    ['cp /usr/bin/whoami ~/me; ~/me; mv ~/me /tmp/i; /tmp/i', 'ssm-user\nssm-user\n0\n'],
    ['echo a > ~/f; chmod 600 ~/f; stat -c "%a %s" ~/f; rm ~/f; test -e ~/f', '600 2\n1\n'],
    ['cat /etc/resolv.conf | grep -v "^#"', 'nameserver 172.31.0.2\nsearch ap-south-1.compute.internal\n0\n'],
    [
      'head -n -4 /etc/passwd; tail -1 /etc/passwd | cut -d: -f1; wc -l < /etc/passwd',
      'root:x:0:0:root:/root:/bin/bash\nssm-user\n5\n0\n',
    ],
    [
      `printf 'b 2\\na 1\\n' | sort | awk '{ print $2 }' | sed 's/^/n=/' | tee /tmp/t | tr n m; cat /tmp/t`,
      'm=1\nm=2\nn=1\nn=2\n0\n',
    ],
    ['seq 3 | xargs -n 2 echo x; echo "a b" | xargs -I{} echo "<{}>"', 'x 1 2\nx 3\n<a b>\n0\n'],
    ['seq 12 | grep -n 1$ | head -2; echo aXbX | grep -o X | wc -l; grep -c root /etc/passwd', '1:1\n11:11\n2\n1\n0\n'],
    ['seq 9 | grep -A1 -B1 5; echo AbC | grep -iq abc', '4\n5\n6\n0\n'],
    ['date +%F; sleep 1; date -u +%T; date -d @0 +%s', '2026-11-21\n12:00:01\n0\n0\n'],
    [`echo '{"a":[{"b":1}]}' | jq -c '.a[].b'; echo '{}' | jq --arg x v -c '{x: $x}'`, '1\n{"x":"v"}\n0\n'],
  ];
  for (const [script, text] of cases) {
    it(`print for ${script}`, async () => assert.equal((await new GuestBench().run(`${script}; echo $?`)).text, text));
  }

  it('are stored as bytes, whatever a program writes', async () => {
    const { text } = await new GuestBench().run(
      `printf '\\xff\\x00\\x41' > /tmp/b; od -An -tx1 /tmp/b; echo 'ü€' > /tmp/u; wc -c < /tmp/u; cat /tmp/u`,
    );
    assert.match(text, /^ *377 000 101\n/);
    assert.match(text, /ü€\n$/);
    assert.match(text, /\n6\n/);
  });

  it("bear the guest's own time, when they are made and when they are written to", async () => {
    const script =
      'cd /tmp; echo a > written; touch touched; mkdir made; sleep 3600; echo b >> written; (sleep 60; echo c) > late; ls -ld touched made written late | grep -o "..:.."';
    const { text } = await new GuestBench().run(script, 10_000_000);
    assert.equal(text, '12:00\n12:00\n13:00\n13:01\n');
  });

  it('shows modes and owners', async () => {
    const script =
      'cd; echo k >key; chmod 400 key; mkdir d; ls -l | cut -c1-10; ls -l key | cut -d" " -f1,3; ls -l /etc/hosts | cut -d" " -f1,3; ls -ld /home/ec2-user | cut -d" " -f3';
    const { text } = await new GuestBench().run(script);
    assert.equal(text, 'total 2\ndrwxr-xr-x\n-r--------\n-r-------- ssm-user\n-rw-r--r-- root\nec2-user\n');
  });

  it('need not be read by an awk program that only begins', async () => {
    assert.equal((await new GuestBench().run("awk 'BEGIN { for (i = 0; i < 2; i++) { print i } }'")).text, '0\n1\n');
  });
});
