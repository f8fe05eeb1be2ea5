import type { LabError } from '../core/errors';
import type { InstanceState } from '../core/network';
import type { Prediction } from '../core/prediction/prediction';
import type { Gap } from '../core/snapshot';
import { describeError } from './errors';
import { gapWords } from './gaps';
import { instanceStateWords } from './instanceStates';
import { predictionSentence } from './predictions';
import { t } from './translation';

/** As `app/sessionReach` finds it. */
type Reach =
  | { readonly kind: 'online' | 'connectionLost' | 'noProfile' | 'registering' | 'notRegistered' }
  | { readonly kind: 'notRunning'; readonly state: InstanceState }
  | { readonly kind: 'cannotAsk'; readonly error: LabError };

/** Whether Session Manager reaches an instance, or why not, in a few words. */
export function reachWords(reach: Reach): string {
  switch (reach.kind) {
    case 'online':
      return t('Session Manager: online');
    case 'notRunning':
      return instanceStateWords(reach.state);
    case 'cannotAsk':
      return t('Session Manager: could not be asked');
    case 'connectionLost':
      return t('Session Manager: connection lost');
    case 'noProfile':
      return t('Session Manager: no instance profile');
    case 'registering':
      return t('Session Manager: not registered yet');
    case 'notRegistered':
      return t('Session Manager: never registered');
  }
}

/** What to do about it; undefined where nothing is to be done, or where only a closer look tells. */
export function reachAdvice(reach: Reach): string | undefined {
  switch (reach.kind) {
    case 'notRunning':
      return reach.state === 'stopped' ? t('Start the instance.') : undefined;
    case 'cannotAsk': {
      const { sentence, hint } = describeError(reach.error);
      return `${sentence} ${hint}`;
    }
    case 'noProfile':
      return t('Attach an instance profile whose role has AmazonSSMManagedInstanceCore.');
    default:
      return undefined;
  }
}

/** As `app/explainUnreached` finds it. */
type Cause =
  | { readonly kind: 'noRole' | 'unexplained' }
  | { readonly kind: 'roleNotTrusted'; readonly roleName: string }
  | { readonly kind: 'policyMissing'; readonly roleName: string; readonly mayBeOther: boolean }
  | { readonly kind: 'noWay'; readonly prediction: Prediction }
  | { readonly kind: 'cannotTell'; readonly gap: Gap };

/** Why Session Manager does not reach a running instance: what is wrong, and what to do. */
export function unreachedWords(cause: Cause): { readonly sentence: string; readonly advice: string } {
  switch (cause.kind) {
    case 'noRole':
      return {
        sentence: t('The instance profile holds no role, or is gone.'),
        advice: t('Put a role with AmazonSSMManagedInstanceCore into it.'),
      };
    case 'roleNotTrusted':
      return {
        sentence: t('EC2 may not assume the role {0}.', cause.roleName),
        advice: t('Let its trust policy allow sts:AssumeRole to ec2.amazonaws.com.'),
      };
    case 'policyMissing':
      return {
        sentence: t('The role {0} has no AmazonSSMManagedInstanceCore.', cause.roleName),
        advice: cause.mayBeOther
          ? t('Attach it, unless another of its policies allows the same; those are not looked into.')
          : t('Attach it to the role; the agent tries again within half an hour, or when the instance starts anew.'),
      };
    case 'noWay':
      return {
        sentence: predictionSentence(cause.prediction),
        advice: t('Make interface endpoints for ssm and ssmmessages, or a way to the internet.'),
      };
    case 'cannotTell':
      return {
        sentence: gapWords(cause.gap),
        advice: t('Why the instance is not heard of cannot be told without it.'),
      };
    case 'unexplained':
      return {
        sentence: t('Role and way are as they should be.'),
        advice: t(
          'A new instance takes a minute; an older one may have no agent, or one that has given up until it restarts.',
        ),
      };
  }
}
