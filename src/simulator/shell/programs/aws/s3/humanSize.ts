const suffixes = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** `1 Byte`, `10 Bytes`, `1.5 KiB` (awscli/customizations/s3/utils.py). */
export function humanSize(bytes: number): string {
  if (bytes === 1) return '1 Byte';
  if (bytes < 1_024) return `${Math.trunc(bytes)} Bytes`;
  const index = suffixes.findIndex((_, at) => Math.round(bytes / 1_024 ** (at + 1)) < 1_024);
  return `${(bytes / 1_024 ** (index + 1)).toFixed(1)} ${suffixes[index]}`;
}
