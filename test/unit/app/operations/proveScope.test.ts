import assert from 'node:assert/strict';
import { proveScope } from '../../../../src/app/operations/proveScope';
import { LabError } from '../../../../src/core/errors';
import { FakeCloud } from '../../../support/fakeGateways';
import { FakeDesk } from '../../../support/signInDesk';

describe('proving that a scope signs in', () => {
  const desk = new FakeDesk();

  it('asks nobody anything when it does', async () => {
    const cloud = new FakeCloud();
    const scope = { ...cloud.scope, signIn: () => assert.fail('nobody need sign in') };
    assert.ok((await proveScope(scope, desk)).accountId);
  });

  it('lets a person sign in when it is not signed in, once', async () => {
    const cloud = new FakeCloud();
    cloud.failures.set('whoAmI', new LabError('mfaCodeNeeded'));
    const signIn = async () => void cloud.failures.clear();
    assert.ok((await proveScope({ ...cloud.scope, signIn }, desk)).accountId);
    cloud.failures.set('whoAmI', new LabError('credentialsExpired'));
    let count = 0;
    const inVain = async () => void count++;
    await assert.rejects(proveScope({ ...cloud.scope, signIn: inVain }, desk), { code: 'credentialsExpired' });
    assert.equal(count, 1);
  });

  it('is given up with the person', async () => {
    const cloud = new FakeCloud();
    cloud.failures.set('whoAmI', new LabError('mfaCodeNeeded'));
    const signIn = () => Promise.reject(new DOMException('no code', 'AbortError'));
    await assert.rejects(proveScope({ ...cloud.scope, signIn }, desk), { name: 'AbortError' });
  });

  it('does not ask for a sign-in that would not help', async () => {
    const cloud = new FakeCloud();
    const scope = { ...cloud.scope, signIn: () => assert.fail('it would not help') };
    for (const code of ['notAnAwsEndpoint', 'cloudUnreachable', 'accessDenied'] as const) {
      cloud.failures.set('whoAmI', new LabError(code));
      await assert.rejects(proveScope(scope, desk), { code });
    }
  });
});
