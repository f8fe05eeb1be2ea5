import assert from 'node:assert/strict';
import { encodeText } from '../../../../src/simulator/shell/kernel/text';
import { freshGuest } from '../../../../src/simulator/world/guestState';
import { CloudGuest } from '../../../support/cloudGuest';
import { GuestBench } from '../../../support/guestConsole';

const withNginx = {
  ...freshGuest,
  packages: { nginx: true, 'nginx-core': true, 'nginx-filesystem': true, 'nginx-mimetypes': true },
};

function prints(cases: readonly (readonly [script: string, text: string])[]): void {
  for (const [script, text] of cases)
    it(`prints for ${script}`, async () => {
      const bench = new GuestBench(undefined, withNginx);
      assert.equal((await bench.run(`${script}; echo $?`)).text, text);
    });
}

describe('systemctl', () => {
  prints([
    ['sudo systemctl start nginx', '0\n'],
    [
      'systemctl start nginx',
      "Failed to start nginx.service: Access denied\nSee system logs and 'systemctl status nginx.service' for details.\n1\n",
    ],
    ['sudo systemctl start foo', 'Failed to start foo.service: Unit foo.service not found.\n5\n'],
    ['systemctl status foo', 'Unit foo.service could not be found.\n4\n'],
    ['systemctl is-active nginx', 'inactive\n3\n'],
    ['sleep 1; systemctl is-active amazon-ssm-agent', 'active\n0\n'],
    ['systemctl is-enabled nginx', 'disabled\n1\n'],
    [
      'sudo systemctl enable nginx; systemctl is-enabled nginx',
      'Created symlink /etc/systemd/system/multi-user.target.wants/nginx.service → /usr/lib/systemd/system/nginx.service.\nenabled\n0\n',
    ],
    ['sudo systemctl enable -q foo', 'Failed to enable unit: Unit file foo.service does not exist.\n1\n'],
    ['sudo systemctl start nginx && sudo systemctl stop nginx; systemctl is-active nginx', 'inactive\n3\n'],
    [
      'sudo service nginx start; systemctl is-active nginx',
      'Redirecting to /bin/systemctl start nginx.service\nactive\n0\n',
    ],
    ['journalctl -u nginx -q', 'No journal files were opened due to insufficient permissions.\n1\n'],
  ]);

  it('shows state, processes and the journal of a running service', async () => {
    const bench = new GuestBench(undefined, withNginx);
    const { text, status } = await bench.run('sudo systemctl start nginx; sleep 65; sudo systemctl status nginx');
    assert.equal(status, 0);
    assert.match(
      text,
      /^● nginx\.service - The nginx HTTP and reverse proxy server\n {5}Loaded: loaded \(\/usr\/lib\/systemd\/system\/nginx\.service; disabled; preset: disabled\)\n {5}Active: active \(running\) since Sat 2026-11-21 12:00:00 UTC; 1min 5s ago\n/,
    );
    assert.match(text, /├─\d+ "nginx: master process \/usr\/sbin\/nginx"\n +└─\d+ "nginx: worker process"\n/);
    assert.match(text, /systemd\[1\]: Started nginx\.service - The nginx HTTP and reverse proxy server\.\n$/);
  });

  it('reports a service that cannot start, with the reason in the journal', async () => {
    const bench = new GuestBench(undefined, withNginx);
    const { text } = await bench.run(
      'echo "}" | sudo tee -a /etc/nginx/nginx.conf >/dev/null; sudo systemctl start nginx; echo $?; systemctl is-active nginx; sudo journalctl -u nginx | grep emerg',
    );
    assert.match(
      text,
      /^Job for nginx\.service failed because the control process exited with error code\.\nSee "systemctl status nginx\.service" and "journalctl -xeu nginx\.service" for details\.\n1\nfailed\n.*nginx: \[emerg\] unexpected "}" in \/etc\/nginx\/nginx\.conf:55\n$/,
    );
  });

  it('notices that the main process was killed', async () => {
    const bench = new GuestBench(undefined, withNginx);
    const { text } = await bench.run(
      'sudo systemctl start nginx; sudo kill -9 $(cat /run/nginx.pid); sleep 1; systemctl is-active nginx; pgrep nginx | wc -l',
    );
    assert.equal(text, 'failed\n0\n');
  });

  it('ends the sessions when Session Manager’s agent is stopped, and lets no new one in', async () => {
    const guest = new CloudGuest();
    const terminal = guest.open();
    terminal.type('sudo systemctl stop amazon-ssm-agent\r');
    await terminal.end();
    assert.equal(guest.test.cloud.guestOf(guest.place, guest.instanceId), undefined);
  });
});

describe('nginx', () => {
  it('is reached from another instance by its private address, and its access log names the caller', async () => {
    const guest = new CloudGuest();
    await guest.run('sudo dnf -qy install nginx && sudo systemctl start nginx');
    const { text } = await guest.run(
      'curl -si http://$(hostname -i)/ | tr -d "\\r"; sudo cat /var/log/nginx/access.log',
    );
    assert.match(
      text,
      /^HTTP\/1\.1 200 OK\nServer: nginx\/1\.28\.0\nDate: .* GMT\nContent-Type: text\/html\nContent-Length: 615\nLast-Modified: .*\nConnection: keep-alive\nETag: "[0-9a-f]+-267"\nAccept-Ranges: bytes\n\n<!DOCTYPE html>\n/,
    );
    assert.match(text, /<title>Welcome to nginx!<\/title>/);
    const line = text.slice(text.indexOf('</html>\n') + 8);
    assert.match(
      line,
      /^[\d.]+ - - \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET \/ HTTP\/1\.1" 200 615 "-" "curl\/[\d.]+" "-"\n$/,
    );
    assert.ok(line.startsWith(`${guest.address} `));
  });

  it('serves what is put into its directory, and follows its configuration', async () => {
    const guest = new CloudGuest();
    await guest.run('sudo dnf -qy install nginx && sudo systemctl start nginx');
    const script = [
      'echo hello | sudo tee /usr/share/nginx/html/a.txt >/dev/null; curl -s localhost/a.txt',
      "curl -s -o /dev/null -w '%{http_code}\\n' localhost/missing",
      "sudo mkdir -p /usr/share/nginx/html/docs; curl -s -o /dev/null -w '%{http_code} ' localhost/docs; curl -s -o /dev/null -w '%{http_code}\\n' localhost/docs/",
      `echo 'server { listen 8080; location = /health { return 200 "ok\\n"; } location / { return 301 https://example.com/; } }' | sudo tee /etc/nginx/conf.d/health.conf >/dev/null`,
      "sudo nginx -t && sudo systemctl reload nginx; sleep 1; curl -s localhost:8080/health; curl -s -o /dev/null -w '%{http_code}\\n' localhost:8080/x",
      'sudo chmod 600 /usr/share/nginx/html/a.txt; curl -sI localhost/a.txt | head -1 | tr -d "\\r"',
      'sudo tail -1 /var/log/nginx/error.log | cut -d" " -f7-12',
    ].join('\n');
    assert.equal(
      (await guest.run(script)).text,
      [
        'hello',
        '404',
        '301 403',
        'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok',
        'nginx: configuration file /etc/nginx/nginx.conf test is successful',
        'ok\\n301',
        'HTTP/1.1 403 Forbidden',
        '"/usr/share/nginx/html/a.txt" failed (13: Permission denied), client:',
        '',
      ].join('\n'),
    );
  });

  prints([
    ['nginx -v', 'nginx version: nginx/1.28.0\n0\n'],
    [
      'echo "user nginx; events {} http { server { listen eighty; } }" | sudo tee /etc/nginx/nginx.conf >/dev/null; sudo nginx -t',
      'nginx: [emerg] invalid port in "eighty" of the "listen" directive in /etc/nginx/nginx.conf:1\nnginx: configuration file /etc/nginx/nginx.conf test failed\n1\n',
    ],
    [
      'echo "events {} http { server { listen 80 " | sudo tee /etc/nginx/nginx.conf >/dev/null; sudo nginx -t',
      'nginx: [emerg] unexpected end of file, expecting ";" or "}" in /etc/nginx/nginx.conf:1\nnginx: configuration file /etc/nginx/nginx.conf test failed\n1\n',
    ],
    [
      'echo "events {} http { servr { } }" | sudo tee /etc/nginx/nginx.conf >/dev/null; sudo nginx -t',
      'nginx: [emerg] unknown directive "servr" in /etc/nginx/nginx.conf:1\nnginx: configuration file /etc/nginx/nginx.conf test failed\n1\n',
    ],
    ['sudo nginx -s reload', 'nginx: [error] open() "/run/nginx.pid" failed (2: No such file or directory)\n1\n'],
  ]);

  it('does not start on a port that another server has', async () => {
    const guest = new CloudGuest();
    await guest.run('sudo dnf -qy install nginx httpd && sudo systemctl start httpd');
    const { text } = await guest.run(
      'sudo systemctl start nginx; sudo journalctl -u nginx | grep -o "still could.*"; curl -s localhost',
    );
    assert.match(
      text,
      /^Job for nginx\.service failed .*\n.*\nstill could not bind\(\)\n<html><body><h1>It works!<\/h1><\/body><\/html>\n$/,
    );
  });
});

describe('a guest', () => {
  it('keeps packages, enabled services and files over a reboot, and nothing in /tmp', async () => {
    const first = new GuestBench(undefined, withNginx);
    await first.run(
      'sudo systemctl enable --now nginx; echo mine >~/a; mkdir -p ~/d/e; echo deep >~/d/e/f; chmod 700 ~/d/e/f; ln -s a ~/l; echo x >/tmp/x; sudo rm /etc/nginx/conf.d -rf; sleep 2',
    );
    const second = new GuestBench(undefined, JSON.parse(JSON.stringify(first.state)));
    await second.pause(1_000);
    const { text } = await second.run(
      'systemctl is-active nginx; cat ~/a ~/l ~/d/e/f; stat -c %a ~/d/e/f; ls /tmp /etc/nginx',
    );
    assert.equal(text, 'active\nmine\nmine\ndeep\n700\n/tmp:\n\n/etc/nginx:\ndefault.d\nmime.types\nnginx.conf\n');
  });

  it('writes nothing down of a disk that nobody touched', async () => {
    const bench = new GuestBench();
    await bench.run('cat /etc/hosts >/tmp/copy; sleep 2');
    assert.deepEqual(bench.state, freshGuest);
    assert.ok(encodeText(JSON.stringify(bench.state)).length < 100);
  });
});
