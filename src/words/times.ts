import { t } from './translation';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** What is further away than this is easier to place by its date. */
const datedFromMs = 60 * dayMs;

/** A length of time as people tell it: in one unit, rounded down. */
export interface Span {
  readonly unit: 'moment' | 'minutes' | 'hours' | 'days';
  readonly count: number;
}

/** Hours are told up to two days, so that "1 day" never hides one and a half. */
export function spanOf(lengthMs: number): Span {
  if (lengthMs < minuteMs) return { unit: 'moment', count: 0 };
  if (lengthMs < hourMs) return { unit: 'minutes', count: Math.floor(lengthMs / minuteMs) };
  if (lengthMs < 2 * dayMs) return { unit: 'hours', count: Math.floor(lengthMs / hourMs) };
  return { unit: 'days', count: Math.floor(lengthMs / dayMs) };
}

/** When something was, seen from now; its date, when that is long ago. */
export function agoWords(atMs: number, nowMs: number): string {
  if (nowMs - atMs >= datedFromMs) return dateText(atMs);
  const { unit, count } = spanOf(nowMs - atMs);
  switch (unit) {
    case 'moment':
      return t('just now');
    case 'minutes':
      return t('{0} min ago', count);
    case 'hours':
      return t('{0} h ago', count);
    case 'days':
      return t('{0} days ago', count);
  }
}

/** When something will be, seen from now; its date, when that is far away. */
export function untilWords(atMs: number, nowMs: number): string {
  if (atMs - nowMs >= datedFromMs) return dateText(atMs);
  const { unit, count } = spanOf(atMs - nowMs);
  switch (unit) {
    case 'moment':
      return t('within a minute');
    case 'minutes':
      return t('in {0} min', count);
    case 'hours':
      return t('in {0} h', count);
    case 'days':
      return t('in {0} days', count);
  }
}

/** The whole time, as logs and the AWS CLI have it, in UTC: `2026-11-21 09:00:05 UTC`. */
export function timeText(atMs: number): string {
  const [date, time = ''] = new Date(atMs).toISOString().split('T');
  return `${date} ${time.slice(0, 8)} UTC`;
}

/** The time of day as tcpdump prints it on an instance, in UTC: `09:00:05`. */
export function timeOfDayText(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 19);
}

function dateText(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
