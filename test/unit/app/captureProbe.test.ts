import assert from 'node:assert/strict';
import fc from 'fast-check';
import { interfaceWith, probeCommand, readProbe } from '../../../src/app/captureProbe';
import { region } from '../../../src/core/ids';

const answer = `==user ssm-user
==uid 1001
==sudo 0 
==tcpdump /usr/sbin/tcpdump
==installer /usr/bin/dnf
==interface lo               UNKNOWN        127.0.0.1/8 ::1/128
==interface enX0             UP             172.31.37.141/20 metric 512 fe80::4d:aff:fe00:1/64
==interface veth0@if3        UP             10.1.0.1/24
==interface docker0          DOWN
==channel 172.31.40.9     STREAM ssmmessages.ap-south-1.amazonaws.com
==channel 172.31.40.9     DGRAM
==channel 172.31.40.9     RAW
==channel 172.31.5.77     STREAM
`;

const nothing = {
  user: undefined,
  isRoot: false,
  hasSudo: undefined,
  sudoRefusal: '',
  hasTcpdump: undefined,
  installer: undefined,
  interfaces: [],
  channelAddresses: [],
};

describe('probing an instance before a capture', () => {
  it('learns user, sudo, tcpdump, the installer of packages, interfaces, and the addresses of the channel once each', () => {
    assert.deepEqual(readProbe(answer), {
      user: 'ssm-user',
      isRoot: false,
      hasSudo: true,
      sudoRefusal: '',
      hasTcpdump: true,
      installer: 'dnf',
      interfaces: [
        { name: 'lo', addresses: ['127.0.0.1', '::1'] },
        { name: 'enX0', addresses: ['172.31.37.141', 'fe80::4d:aff:fe00:1'] },
        { name: 'veth0', addresses: ['10.1.0.1'] },
        { name: 'docker0', addresses: [] },
      ],
      channelAddresses: ['172.31.40.9', '172.31.5.77'],
    });
  });

  it('finds the interface that carries an address, also one of a pair', () => {
    const site = readProbe(answer);
    assert.equal(interfaceWith(site, '172.31.37.141'), 'enX0');
    assert.equal(interfaceWith(site, '10.1.0.1'), 'veth0');
    assert.equal(interfaceWith(site, '10.9.9.9'), undefined);
    assert.equal(interfaceWith(site, undefined), undefined);
  });

  it('tells what is missing from what was not said', () => {
    const bare = readProbe('==user root\n==uid 0\n==sudo 127 sh: 1: sudo: not found\n==tcpdump \n==installer \n');
    assert.deepEqual([bare.isRoot, bare.hasSudo, bare.hasTcpdump, bare.installer], [true, false, false, undefined]);
    assert.equal(bare.sudoRefusal, 'sh: 1: sudo: not found');
  });

  for (const [what, output] of [
    ['nothing', ''],
    ['errors', 'sh: 1: id: not found\nsh: 1: ip: not found\nsh: 1: getent: not found\n'],
    ['facts of another form', '==user $(reboot)\n==uid\n==sudo no\n==installer pacman\n==interface\n==channel here\n'],
  ]) {
    it(`knows nothing when the instance printed ${what}`, () => {
      assert.deepEqual(readProbe(output as string), nothing);
    });
  }

  it('reads the same whatever else is printed between', () => {
    const noise = fc.stringMatching(/^[^=\n\r][^\n\r]*$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), noise), { maxLength: 8 }), noises => {
        const lines = answer.split('\n');
        for (const [at, text] of noises) lines.splice(Math.min(at, lines.length), 0, text);
        assert.deepEqual(readProbe(lines.join('\n')), readProbe(answer));
      }),
    );
  });

  it('never throws, whatever is printed', () => {
    fc.assert(fc.property(fc.string(), text => void readProbe(text)));
  });

  it("asks for the region's own name, in China too", () => {
    assert.match(probeCommand(region('ap-south-1')), /getent ahostsv4 ssmmessages\.ap-south-1\.amazonaws\.com \|/);
    assert.match(probeCommand(region('cn-north-1')), /ssmmessages\.cn-north-1\.amazonaws\.com\.cn \|/);
  });
});
