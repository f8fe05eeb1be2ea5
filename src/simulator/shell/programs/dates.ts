const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** strftime(3) in UTC, which is an instance's time. */
export function formatDate(timeMs: number, format: string): string {
  const date = new Date(timeMs);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = dayNames[date.getUTCDay()] as string;
  const month = monthNames[date.getUTCMonth()] as string;
  const meanings: Readonly<Record<string, () => string>> = {
    Y: () => String(date.getUTCFullYear()),
    y: () => two(date.getUTCFullYear() % 100),
    m: () => two(date.getUTCMonth() + 1),
    d: () => two(date.getUTCDate()),
    e: () => String(date.getUTCDate()).padStart(2),
    H: () => two(date.getUTCHours()),
    I: () => two(date.getUTCHours() % 12 || 12),
    M: () => two(date.getUTCMinutes()),
    S: () => two(date.getUTCSeconds()),
    N: () => `${String(date.getUTCMilliseconds()).padStart(3, '0')}000000`,
    p: () => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
    a: () => day.slice(0, 3),
    A: () => day,
    b: () => month.slice(0, 3),
    B: () => month,
    Z: () => 'UTC',
    z: () => '+0000',
    s: () => String(Math.floor(timeMs / 1000)),
    j: () => String(Math.floor((timeMs - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1).padStart(3, '0'),
    u: () => String(date.getUTCDay() || 7),
    w: () => String(date.getUTCDay()),
    F: () => formatDate(timeMs, '%Y-%m-%d'),
    T: () => formatDate(timeMs, '%H:%M:%S'),
    R: () => formatDate(timeMs, '%H:%M'),
    D: () => formatDate(timeMs, '%m/%d/%y'),
    c: () => formatDate(timeMs, '%a %b %e %H:%M:%S %Y'),
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
  };
  return format.replace(/%(?:(\d)?N|([\s\S]))/g, (text, digits: string | undefined, letter: string | undefined) => {
    if (letter === undefined)
      return `${String(date.getUTCMilliseconds()).padStart(3, '0')}000000`.slice(0, Number(digits ?? 9));
    return meanings[letter]?.() ?? text;
  });
}

/** `now`, `@seconds`, an ISO date, or `N units ago`; undefined for what is none. */
export function readDate(text: string, nowMs: number): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === 'now' || trimmed === 'today') return nowMs;
  if (/^@\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed.slice(1)) * 1000;
  const relative = /^([+-]?\d+)\s*(sec|second|min|minute|hour|day|week)s?( ago)?$/.exec(trimmed);
  if (relative) {
    const unitsMs: Readonly<Record<string, number>> = {
      sec: 1e3,
      second: 1e3,
      min: 6e4,
      minute: 6e4,
      hour: 3.6e6,
      day: 8.64e7,
      week: 6.048e8,
    };
    return nowMs + Number(relative[1]) * (unitsMs[relative[2] as string] ?? 0) * (relative[3] ? -1 : 1);
  }
  if (trimmed === 'yesterday') return nowMs - 86_400_000;
  if (trimmed === 'tomorrow') return nowMs + 86_400_000;
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/.exec(trimmed);
  if (!iso) return undefined;
  const zone = iso[3] === undefined || iso[3] === 'UTC' ? 'Z' : iso[3];
  const timeMs = Date.parse(`${iso[1]}T${iso[2] ?? '00:00'}${zone}`);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
