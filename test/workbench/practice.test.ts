import { EndpointJourney } from '../support/endpointJourney';
import { pictureFailures } from '../support/pictureFailures';
import { WorkbenchDriver } from '../support/workbenchDriver';

describe('the practice cloud over a restart of the window', function () {
  this.timeout(240_000);
  let workbench: WorkbenchDriver;

  before(async () => {
    workbench = await WorkbenchDriver.open();
  });
  pictureFailures(() => workbench);
  after(() => workbench?.close());

  it('is there again, with what was made in it', async () => {
    const journey = new EndpointJourney(workbench);
    await journey.startPractice();
    await journey.createEndpoint({ scope: 'provider' });
    await workbench.reload();
    await workbench.openContainer('VPC Labs');
    const endpoints = await workbench.tree('Endpoints');
    await endpoints.item(/^consumer/).waitFor({ timeout: 60_000 });
    await endpoints.item(/^vpc-labs-ec2, ec2.*available/).waitFor({ timeout: 60_000 });
  });
});
