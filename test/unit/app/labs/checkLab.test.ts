import assert from 'node:assert/strict';
import { checkLab } from '../../../../src/app/labs/checkLab';
import { runLab } from '../../../../src/app/labs/runLab';
import { ifaceEc2 } from '../../../../src/labs/ifaceEc2/ifaceEc2';
import { EagerClock, LabCloud } from '../../../support/labCloud';
import { labLedger } from '../../../support/labLedger';

const look = async (cloud: LabCloud) => {
  const standings = await checkLab(ifaceEc2, new Map([['student', cloud.gateways]]));
  return standings.map(({ step, check }) => `${step.id} ${check?.state ?? 'not seen'}`);
};

describe('looking how far a lab is', () => {
  it('finds nothing done in an empty account, and changes nothing', async () => {
    const cloud = new LabCloud();
    const seen = await look(cloud);
    assert.deepEqual(seen.slice(0, 5), ['1.1 fails', '1.2 fails', '1.3 fails', '1.4 fails', '1.5 fails']);
    assert.deepEqual(cloud.calls, []);
  });

  it('finds the steps done by somebody else, and leaves proofs and clean-up aside', async () => {
    const cloud = new LabCloud();
    const { gateways, work } = cloud;
    await runLab(ifaceEc2, {
      accounts: new Map([['student', { scopeId: 's', gateways, work }]]),
      ledger: labLedger(),
      clock: new EagerClock(),
      runId: 'another',
      isKept: true,
      pollMs: 1,
      patienceMs: 60_000,
    });
    const seen = await look(cloud);
    const done = ['1.1', '1.2', '1.3', '1.4', '1.5'].map(id => `${id} holds`);
    assert.deepEqual(seen.slice(0, 5), done);
    assert.deepEqual(seen.slice(-3), ['1.7 not seen', '1.8 not seen', '1.9 not seen']);
  });
});
