import type { Verdict } from '../verdict';
import type { Prediction } from './prediction';

/** Whether the packets did what the rules said; undefined while they do not tell, or where the rules left it open. */
export function comparePrediction({ outcome }: Prediction, verdict: Verdict): 'confirmed' | 'refuted' | undefined {
  if (verdict.kind === 'cannotTell') return undefined;
  switch (outcome.kind) {
    case 'reachesEndpoint':
      return verdict.kind === 'private' && verdict.endpointId === outcome.endpointId ? 'confirmed' : 'refuted';
    case 'leaves':
      if (verdict.kind === 'private') return 'refuted';
      return verdict.how === 'left' ? 'confirmed' : undefined;
    case 'dropped':
      return verdict.kind === 'notPrivate' && verdict.how === 'noAnswer' ? 'confirmed' : 'refuted';
    case 'reachesInterface':
    case 'partly':
    case 'unknown':
      return undefined;
  }
}
