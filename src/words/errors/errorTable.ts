import type { ErrorCode } from '../../core/errors';
import { t } from '../translation';

/** A parameter of the error, or else the other text. */
export type Said = (name: string, otherwise?: string) => string;
export type SentenceAndHint = readonly [sentence: string, hint: string];

/** Words of some of the codes; `errors.ts` puts all of them together. */
export type ErrorTable = Partial<Record<ErrorCode, (said: Said) => SentenceAndHint>>;

/** What we were doing, when the error knows: `ec2:CreateVpcEndpoint`. */
export const during = (said: Said) => said('action') || t('the request');

export const vpcOf = (said: Said) => said('vpcId') || t('the VPC');
