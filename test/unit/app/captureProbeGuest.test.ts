import assert from 'node:assert/strict';
import { interfaceWith, probeCommand, readProbe } from '../../../src/app/captureProbe';
import { CloudGuest } from '../../support/cloudGuest';

/** What an instance of the practice cloud says of itself after something was done to it as root. */
async function probeAfter(deed: string) {
  const guest = new CloudGuest();
  await guest.runAsRoot(deed);
  const { text } = await guest.run(`(${probeCommand(guest.place.region)}\n)`);
  return { guest, site: readProbe(text) };
}

describe('probing a practice instance', () => {
  it('finds everything in order', async () => {
    const { guest, site } = await probeAfter('true');
    assert.deepEqual(
      [site.user, site.isRoot, site.hasSudo, site.hasTcpdump, site.installer],
      ['ssm-user', false, true, true, 'dnf'],
    );
    assert.equal(interfaceWith(site, guest.address), 'enX0');
    assert.deepEqual(site.interfaces[0], { name: 'lo', addresses: ['127.0.0.1'] });
    assert.ok(site.channelAddresses.length > 0);
  });

  it('finds tcpdump missing where it was removed', async () => {
    const { site } = await probeAfter('dnf -y remove tcpdump');
    assert.deepEqual([site.hasSudo, site.hasTcpdump], [true, false]);
  });

  it('finds that sudo wants a password where the rule without one is gone', async () => {
    const { site } = await probeAfter('rm /etc/sudoers.d/ssm-agent-users');
    assert.deepEqual([site.hasSudo, site.sudoRefusal], [false, 'sudo: a password is required']);
  });
});
