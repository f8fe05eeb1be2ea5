/** An octet as tcpdump shows it in names and strings: `^G` for controls, `M-` for the upper half. */
export function visible(octet: number): string {
  const meta = octet > 127 ? 'M-' : '';
  const low = octet & 127;
  return meta + (low < 0x20 || low === 0x7f ? `^${String.fromCharCode(low ^ 0x40)}` : String.fromCharCode(low));
}
