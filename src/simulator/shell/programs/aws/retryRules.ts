/** How often the CLI tries (boto/botocore:botocore/retries/standard.py, botocore/configprovider.py). */
import { ServiceError } from '../../../protocols/clientCodec';
import type { Configuration } from './configuration';
import { generalFailure } from './failures';

export interface RetryRules {
  readonly maxAttempts: number;
}

const modes = ['standard', 'adaptive'];
const standardAttempts = 3;

/** Throws {@link CliFailure} for a mode or a number that is none. */
export function retryRules(configuration: Configuration): RetryRules {
  const told = (variable: string, setting: string) =>
    configuration.environment.get(variable) || configuration.setting(setting);
  const mode = told('AWS_RETRY_MODE', 'retry_mode') ?? 'standard';
  if (!modes.includes(mode))
    throw generalFailure(`Invalid value provided to "mode": "${mode}" must be one of: "standard" or "adaptive"`);
  const attempts = told('AWS_MAX_ATTEMPTS', 'max_attempts');
  if (attempts === undefined) return { maxAttempts: standardAttempts };
  if (!/^\s*\d+\s*$/.test(attempts)) throw generalFailure(`invalid literal for int() with base 10: '${attempts}'`);
  const maxAttempts = Number(attempts);
  if (maxAttempts > 0) return { maxAttempts };
  throw generalFailure(
    `Value provided to "max_attempts": ${maxAttempts} must be an integer greater than or equal to one.`,
  );
}

const passingStatuses = [500, 502, 503, 504];
const passingCodes = ['RequestTimeout', 'RequestTimeoutException', 'PriorRequestNotComplete'];
const throttlingCodes = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottledException',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'TransactionInProgressException',
  'RequestLimitExceeded',
  'BandwidthLimitExceeded',
  'LimitExceededException',
  'RequestThrottled',
  'SlowDown',
  'EC2ThrottledException',
];

/** Whether a refusal may be gone the next time. */
export function isWorthRetrying(answer: unknown): boolean {
  if (!(answer instanceof ServiceError)) return false;
  return (
    answer.status === 429 ||
    passingStatuses.includes(answer.status) ||
    passingCodes.includes(answer.code) ||
    throttlingCodes.includes(answer.code)
  );
}
