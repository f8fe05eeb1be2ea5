import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { quoteForShell } from '../../../src/base/shellQuoting';
import { captureCommand, filterObjection } from '../../../src/capture/captureCommand';
import { LabError } from '../../../src/core/errors';

const options = {
  interfaceName: 'enX0',
  filter: 'port 443',
  packetLimit: 1000,
  secondsLimit: 300,
  snapLength: 256,
  mark: 'mark-1',
};

const refuses = (changes: Partial<typeof options>, code: string) =>
  assert.throws(
    () => captureCommand({ ...options, ...changes }),
    (error: unknown) => error instanceof LabError && error.code === code,
  );

describe('the capture command', () => {
  it('is one line that ends cleanly and reports its status', () => {
    assert.deepEqual(captureCommand(options), {
      command:
        "trap : INT; stty -echo -onlcr; sudo -n timeout --foreground -s INT -k 5 300 tcpdump -l -nn -tttt -i enX0 -c 1000 -s 256 'port 443'; " +
        'echo "mark-1:$?"',
      filter: 'port 443',
      filterNote: undefined,
    });
  });

  it('asks for short lines, or for the packets themselves', () => {
    assert.match(captureCommand({ ...options, mode: 'compact' }).command, / tcpdump -l -nn -tttt -q -i enX0 /);
    assert.equal(
      captureCommand({ ...options, mode: 'exact' }).command,
      'trap : INT; stty -echo -onlcr; { status=$(trap : INT; { { trap : INT; ' +
        "sudo -n timeout --foreground -s INT -k 5 300 tcpdump -U -w - -i enX0 -c 1000 -s 256 'port 443'; " +
        `echo $? >&3; } | (trap '' INT; exec base64) >&4; } 3>&1); } 4>&1; echo "mark-1:$status"`,
    );
  });

  it('has no expression when there is nothing to filter', () => {
    assert.match(captureCommand({ ...options, filter: ' ' }).command, / -s 256; echo/);
  });

  it("leaves the session's own flow out", () => {
    const excludeHosts = ['3.108.0.1', '3.108.0.2', 'no address; rm -rf /'];
    assert.equal(
      captureCommand({ ...options, excludeHosts }).filter,
      '(port 443) and not (tcp port 443 and (host 3.108.0.1 or host 3.108.0.2))',
    );
    assert.equal(
      captureCommand({ ...options, filter: '', excludeHosts: ['3.108.0.1'] }).filter,
      'not (tcp port 443 and (host 3.108.0.1))',
    );
    assert.equal(filterObjection(captureCommand({ ...options, excludeHosts }).filter), undefined);
  });

  it('passes an expression that we do not know, with a note', () => {
    const { filter, filterNote } = captureCommand({ ...options, filter: "vlan 5 and host it's" });
    assert.equal(filter, "vlan 5 and host it's");
    assert.match(filterNote!, /syntax error/);
  });

  it('refuses what must not reach a shell or would be an option', () => {
    for (const filter of ['port 443\nrm -rf /', 'port 443\u0000', '\u001b[31m', 'a\u2028b', '-w /etc/passwd', ' -z sh'])
      refuses({ filter }, 'filterInvalid');
    for (const filter of ['vlan 5) or (tcp', 'vlan 5)']) refuses({ filter }, 'filterInvalid');
    refuses({ filter: 'x'.repeat(5000) }, 'filterInvalid');
    for (const interfaceName of ['', 'enX0; id', '-i', 'a b', '$(id)', 'x'.repeat(16), '../x'])
      refuses({ interfaceName }, 'interfaceNameInvalid');
    assert.throws(() => captureCommand({ ...options, packetLimit: 0 }), RangeError);
    assert.throws(() => captureCommand({ ...options, mark: 'a";id' }), RangeError);
  });

  it('quotes any text for a shell', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.constantFrom("'", "''", "$(id)'", '`id`', '\\'), (text, more) => {
        const value = (text + more).replaceAll('\u0000', '');
        assert.equal(
          execFileSync('/bin/sh', ['-c', `printf %s ${quoteForShell(value)}`]).toString(),
          Buffer.from(value).toString(),
        );
      }),
      { numRuns: 30 },
    );
  });
});
