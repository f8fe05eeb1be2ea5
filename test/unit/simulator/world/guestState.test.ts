import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  applyGuestEffect,
  freshGuest,
  type GuestEffect,
  type GuestState,
} from '../../../../src/simulator/world/guestState';

const stateAfter = (...effects: readonly GuestEffect[]): GuestState => effects.reduce(applyGuestEffect, freshGuest);
const file = (path: string, content = ''): GuestEffect => ({
  kind: 'file',
  path,
  file: { kind: 'file', mode: 0o644, content, modifiedMs: 0 },
});

describe('what a guest keeps', () => {
  it('is the last that was said of each thing, and leaves the earlier state as it was', () => {
    const before = stateAfter({ kind: 'package', name: 'nginx', isInstalled: true });
    const later = applyGuestEffect(before, { kind: 'package', name: 'nginx', isInstalled: false });
    assert.deepEqual([before.packages, later.packages], [{ nginx: true }, { nginx: false }]);
  });

  it('forgets what was in a directory that is gone', () => {
    const state = stateAfter(file('/etc/a/b'), file('/etc/ab'), {
      kind: 'file',
      path: '/etc/a',
      file: { kind: 'absent' },
    });
    assert.deepEqual(Object.keys(state.files), ['/etc/ab', '/etc/a']);
  });

  it('starts at the next boot what is enabled, and nothing else', () => {
    const state = stateAfter(
      { kind: 'service', name: 'nginx', isEnabled: true, isActive: false },
      { kind: 'service', name: 'httpd', isEnabled: false, isActive: true },
      { kind: 'poweredOff' },
    );
    assert.deepEqual(state.services, {
      nginx: { isEnabled: true, isActive: true },
      httpd: { isEnabled: false, isActive: false },
    });
  });

  it('stays below its limit, whatever is written', () => {
    const effects = fc.array(fc.tuple(fc.constantFrom('/a', '/b', '/c'), fc.integer({ min: 0, max: 6 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(effects, writes => {
        const state = stateAfter(...writes.map(([path, size]) => file(path, 'x'.repeat(size * 1024 * 1024))));
        const total = Object.values(state.files).reduce(
          (sum, one) => sum + (one.kind === 'file' ? one.content.length : 0),
          0,
        );
        assert.ok(total <= 8 * 1024 * 1024);
      }),
      { numRuns: 20 },
    );
  });

  it('survives being written as JSON', () => {
    const state = stateAfter(file('/etc/motd', '\xff\x00'), { kind: 'booted' });
    assert.deepEqual(JSON.parse(JSON.stringify(state)), state);
  });
});
