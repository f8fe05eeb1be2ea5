/** The answers to requests that the fault runs try. */
import { planAnswer } from '../../../src/app/operations/answerRequests';
import { planPeering } from '../../../src/app/operations/planPeering';
import { planPeeringAnswer } from '../../../src/app/operations/planPeeringAnswer';
import { type Answer, isRequest } from '../../../src/app/requests/pendingRequests';
import { peeringEnds } from './faultedPeering';
import { connectOther, servicePlace } from './faultedServices';
import { type FaultedOperation, type FaultGround, theFirst, undisturbed, type Write } from './faultGround';

/** What was not taken is as good as thrown. */
async function answerAll(ground: FaultGround, answer: Answer): Promise<Write> {
  const { scope, stores } = ground;
  const requests = (await stores.pending.refresh(scope)).filter(isRequest);
  const plan = planAnswer(scope, answer, requests, stores);
  return {
    async run(context) {
      const [refused] = await plan.run(context);
      if (refused) throw refused.error;
    },
  };
}

async function threeEndpointsAndAPeering(ground: FaultGround): Promise<void> {
  const { service } = await servicePlace(ground);
  for (let count = 0; count < 3; count++) await connectOther(ground, service.serviceName);
  await askedByOther(ground);
}

async function askedByOther(ground: FaultGround) {
  const { own, other } = await peeringEnds(ground);
  return planPeering(ground.other, { own: other, other: own, name: undefined }).run(undisturbed);
}

async function answerPeering(ground: FaultGround, answer: Answer): Promise<Write> {
  const { scope, stores } = ground;
  await askedByOther(ground);
  const details = theFirst(await stores.peering.refresh(scope), 'peering connection');
  return planPeeringAnswer(scope, answer, details, stores);
}

export const faultedAnswers: readonly FaultedOperation[] = [
  {
    name: 'accept three endpoints and a peering',
    async prepare(ground) {
      await threeEndpointsAndAPeering(ground);
      return answerAll(ground, 'accept');
    },
  },
  {
    name: 'reject three endpoints and a peering',
    async prepare(ground) {
      await threeEndpointsAndAPeering(ground);
      return answerAll(ground, 'reject');
    },
  },
  { name: 'accept a peering', prepare: ground => answerPeering(ground, 'accept') },
  { name: 'reject a peering', prepare: ground => answerPeering(ground, 'reject') },
];
