/** What the time column tells. */
export type TimeForm = 'timeOfDay' | 'timeSinceFirst' | 'timeSincePrevious';

/** `12:21:53.069112`, as printed. */
export function timeOfDay(timeMicros: number): string {
  const micros = timeMicros % 86_400_000_000;
  const seconds = Math.floor(micros / 1_000_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction = String(Math.floor(micros % 1_000_000)).padStart(6, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${fraction}`;
}

/** The day as well, where the line has one: times without are less than a day's. */
export function fullTime(timeMicros: number): string {
  const isDated = timeMicros >= 86_400_000_000;
  return `${isDated ? `${new Date(timeMicros / 1000).toISOString().slice(0, 10)} ` : ''}${timeOfDay(timeMicros)}`;
}

/** `0.004878` seconds. */
export function seconds(micros: number): string {
  return (micros / 1_000_000).toFixed(6);
}
