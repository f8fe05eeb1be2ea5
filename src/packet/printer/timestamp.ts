/** How each line's time is shown: as tcpdump's `-t` to `-ttttt`. */
export type TimeForm = 'timeOfDay' | 'none' | 'epoch' | 'sincePrevious' | 'dateTime' | 'sinceFirst';

const DAY_SECONDS = 86_400;

/** Prefix of a line with its blank, in UTC; `previousMicros` and `firstMicros` are those of earlier lines, if there are any. */
export function timestamp(form: TimeForm, timeMicros: number, previousMicros: number, firstMicros: number): string {
  switch (form) {
    case 'none':
      return '';
    case 'epoch':
      return `${Math.floor(timeMicros / 1_000_000)}.${sixDigits(timeMicros)} `;
    case 'timeOfDay':
      return `${timeOfDay(timeMicros)} `;
    case 'dateTime':
      return `${dateTime(timeMicros)} `;
    case 'sincePrevious':
      return `${difference(timeMicros - previousMicros)} `;
    case 'sinceFirst':
      return `${difference(timeMicros - firstMicros)} `;
  }
}

function difference(micros: number): string {
  return `${micros < 0 ? '-' : ' '}${clock(Math.floor(Math.abs(micros) / 1_000_000))}.${sixDigits(Math.abs(micros))}`;
}

/** A time that no calendar has comes from a damaged file; tcpdump says so in these words (the-tcpdump-group/tcpdump:util-print.c). */
function dateTime(timeMicros: number): string {
  const date = new Date(Math.floor(timeMicros / 1000));
  if (Number.isNaN(date.getTime())) return '[Error converting time]';
  return `${date.toISOString().slice(0, 10)} ${timeOfDay(timeMicros)}`;
}

function timeOfDay(timeMicros: number): string {
  return `${clock(Math.floor(timeMicros / 1_000_000) % DAY_SECONDS)}.${sixDigits(timeMicros)}`;
}

function clock(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map(part => String(part).padStart(2, '0'))
    .join(':');
}

const sixDigits = (micros: number) => String(micros % 1_000_000).padStart(6, '0');
