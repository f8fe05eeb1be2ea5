import assert from 'node:assert/strict';
import { pictureFailures } from '../support/pictureFailures';
import { WorkbenchDriver } from '../support/workbenchDriver';

describe('VPC Labs in the workbench', function () {
  this.timeout(120_000);
  let workbench: WorkbenchDriver;

  before(async () => {
    workbench = await WorkbenchDriver.open();
  });
  pictureFailures(() => workbench);
  after(() => workbench?.close());

  it('offers to start the practice cloud while there is no scope', async () => {
    await workbench.openContainer('VPC Labs');
    const endpoints = await workbench.tree('Endpoints');
    await endpoints.welcome().waitFor();
    assert.match((await endpoints.welcome().textContent()) ?? '', /practice cloud/i);
  });
});
