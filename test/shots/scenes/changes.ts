import { EndpointJourney } from '../../support/endpointJourney';
import { PracticeNeighbour } from '../../support/practiceNeighbour';
import type { SceneGroup } from '../scene';
import { refreshViews, showViews } from '../sidebar';

const ENDPOINT = /^vpc-labs-ec2, ec2/;
const WAITING = /waiting for your answer/;
const policy = `{
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": "*",
      "Action": "ec2:Describe*",
      "Resource": "*"
    }
  ]
}`;

/** The one dialog of an answer and of a removal; a policy while it is edited, and compared before it is applied. */
export const changes: SceneGroup = {
  name: 'changes',
  scenes: [
    {
      name: 'answer',
      async play(workbench) {
        const journey = new EndpointJourney(workbench);
        await journey.startPractice();
        await journey.createEndpoint({ scope: 'provider' });
        const neighbour = await PracticeNeighbour.join(workbench.practiceFolder);
        const site = await neighbour.openSite();
        await site.waitForState(await site.ask(), 'pendingAcceptance');
        await neighbour.leave();
        await refreshViews(workbench);
        const pending = await workbench.tree('Pending Connections');
        await pending.item(WAITING).waitFor();
        await pending.pressInline(WAITING, 'Accept Connection Request');
        await workbench.dialog().waitFor();
      },
    },
    {
      name: 'removal',
      async play(workbench) {
        await workbench.answerDialog('Cancel');
        await showViews(workbench, 'Endpoints');
        await (await workbench.tree('Endpoints')).chooseFromMenu(ENDPOINT, 'Delete Endpoint');
        await workbench.dialog().waitFor();
      },
    },
    {
      name: 'policy',
      async play(workbench) {
        await workbench.answerDialog('Cancel');
        const endpoints = await workbench.tree('Endpoints');
        await endpoints.chooseFromMenu(ENDPOINT, 'Edit Policy');
        await workbench.editor.replace(policy.replace('ec2:Describe*', 'Describe*'));
        await workbench.editor.problems().first().waitFor();
      },
    },
    {
      name: 'policy-diff',
      async play(workbench) {
        await workbench.editor.replace(policy);
        await workbench.palette('VPC Labs: Apply Policy');
        await workbench.quickInput.waitForStep(/Policy of/);
        await workbench.quickInput.waitForPermission();
        await workbench.page.locator('.monaco-diff-editor').waitFor();
      },
    },
  ],
};
