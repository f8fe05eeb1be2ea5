import { type ErrorCode, LabError } from '../core/errors';
import { captureErrors } from './errors/captureErrors';
import { endpointErrors } from './errors/endpointErrors';
import { endpointRefusals } from './errors/endpointRefusals';
import type { Said, SentenceAndHint } from './errors/errorTable';
import { networkErrors } from './errors/networkErrors';
import { requestErrors } from './errors/requestErrors';
import { serviceErrors } from './errors/serviceErrors';
import { sessionErrors } from './errors/sessionErrors';
import { signInErrors } from './errors/signInErrors';
import { tunnelErrors } from './errors/tunnelErrors';
import { t } from './translation';

export interface ErrorWords {
  /** What we were doing and what went wrong. */
  readonly sentence: string;
  /** What to try; empty when there is nothing sensible. */
  readonly hint: string;
  /** For the log: code, API, request id and the chain of causes. Never parameters that could hold a secret. */
  readonly log: string;
}

/** Says an error. Whatever is no `LabError` is a fault of this program and says so. */
export function describeError(error: unknown): ErrorWords {
  if (!(error instanceof LabError)) {
    return { ...internalWords(messageOf(error)), log: chain(error) };
  }
  const said = (name: string, otherwise = '') => error.parameters[name] || otherwise;
  const [sentence, hint] = errorTable[error.code](said);
  return { sentence, hint, log: logLine(error) };
}

/** What went wrong and what to try, in one line. */
export function errorLine(error: unknown): string {
  const { sentence, hint } = describeError(error);
  return [sentence, hint].filter(Boolean).join(' ');
}

/** As {@link errorLine}, with AWS's code and the id of the request: who asks AWS, or searches the web, needs both. */
export function errorNotice(error: unknown): string {
  const reference = referenceWords(error);
  return reference ? `${errorLine(error)} (${reference})` : errorLine(error);
}

function referenceWords(error: unknown): string {
  if (!(error instanceof LabError) || !error.cloudCode) return '';
  const { cloudCode, requestId } = error;
  return requestId ? t('AWS: {0}, request {1}', cloudCode, requestId) : t('AWS: {0}', cloudCode);
}

const internalWords = (detail: string) => ({
  sentence: t('Something went wrong inside VPC Endpoint Labs: {0}', detail),
  hint: t('The log has the details; please report it.'),
});

const errorTable: Readonly<Record<ErrorCode, (said: Said) => SentenceAndHint>> = {
  ...signInErrors,
  ...requestErrors,
  ...endpointErrors,
  ...endpointRefusals,
  ...serviceErrors,
  ...networkErrors,
  ...sessionErrors,
  ...tunnelErrors,
  ...captureErrors,
  internal: said => {
    const { sentence, hint } = internalWords(said('detail'));
    return [sentence, hint];
  },
};

function logLine(error: LabError): string {
  const facts = [
    error.code,
    error.parameters.action,
    error.cloudCode && `cloud code ${error.cloudCode}`,
    error.requestId && `request ${error.requestId}`,
    error.parameters.detail,
    error.cause === undefined ? undefined : `caused by ${chain(error.cause)}`,
  ];
  return facts.filter(Boolean).join('; ');
}

function chain(error: unknown): string {
  if (!(error instanceof Error)) return messageOf(error);
  const cause = error.cause === undefined ? '' : `, caused by ${chain(error.cause)}`;
  return `${error.name}: ${error.message}${cause}`;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
