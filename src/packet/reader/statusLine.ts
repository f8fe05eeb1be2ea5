/** Lines of a capture that are no packets: what tcpdump, sudo and timeout say about themselves. */

export type CaptureFailure =
  | 'toolMissing'
  | 'passwordRequired'
  | 'notPermitted'
  | 'noSuchDevice'
  | 'filterInvalid'
  | 'other';

export type StatusEvent =
  /** tcpdump runs. The names are as printed. */
  | {
      readonly kind: 'listening';
      readonly interfaceName: string;
      readonly linkType: string;
      readonly snapLengthBytes: number;
    }
  | {
      readonly kind: 'count';
      readonly what: 'captured' | 'receivedByFilter' | 'droppedByKernel' | 'droppedByInterface';
      readonly packets: number;
    }
  | { readonly kind: 'failure'; readonly failure: CaptureFailure; readonly text: string }
  /** Said in passing: banners, warnings, an echoed key. */
  | { readonly kind: 'remark'; readonly text: string };

const LISTENING =
  /^listening on (\S+), link-type (\S+)(?: \(.*\))?, (?:snapshot length|capture size) (\d+)(?: bytes)?$/;
const COUNT = /^(?:\^C)*(\d+) packets? (captured|received by filter|dropped by kernel|dropped by interface)$/;

const countNames = {
  captured: 'captured',
  'received by filter': 'receivedByFilter',
  'dropped by kernel': 'droppedByKernel',
  'dropped by interface': 'droppedByInterface',
} as const;

const failures: readonly (readonly [RegExp, CaptureFailure])[] = [
  [/failed to run command .*tcpdump.*: No such file or directory$/, 'toolMissing'],
  [/(?:^|[:\s])(?:tcpdump|timeout|sudo): (?:command )?not found$/, 'toolMissing'],
  [/^(?:\S+: )?(?:\d+: )?exec: "?tcpdump"?: (?:executable file not found|not found)/, 'toolMissing'],
  [
    /^sudo: (?:a password is required|a terminal is required|\d+ incorrect password attempts?|.*askpass)/,
    'passwordRequired',
  ],
  [/is not (?:in the sudoers file|allowed to (?:execute|run sudo))/, 'passwordRequired'],
  [
    /You don't have permission to (?:perform this )?capture on that device|Operation not permitted|CAP_NET_RAW/,
    'notPermitted',
  ],
  [/No such device(?: exists)?\b/, 'noSuchDevice'],
  [/can't parse filter expression|syntax error(?: in filter expression)?/, 'filterInvalid'],
  [
    /^tcpdump: (?:unknown (?:host|port|network|protocol|ip proto|ether (?:proto|host))|illegal (?:port|qualifier|token|link)|invalid (?:port|IPv4|qualifier))/,
    'filterInvalid',
  ],
  [
    /^tcpdump: (?:expression rejects all packets|'\S+' modifier applied to|non-network bits set|[Mm]ask (?:length|syntax)|port '\S+' is|data size must be)/,
    'filterInvalid',
  ],
  [
    /^tcpdump: (?:number \S+ |bogus |unsupported |only link-layer|parse error|(?:division|modulus) by zero|shift by more than|VLAN tag )/,
    'filterInvalid',
  ],
  [
    /^tcpdump: (?:link[- ]layer |ethernet address|not a broadcast link|no VLAN support|'gateway' |'\S+ proto' is bogus|port in range |invalid qualifier)/,
    'filterInvalid',
  ],
  [
    /^tcpdump: (?:inbound\/outbound not supported|frame direction supported|802\.11 link-layer types|\S+ supported only on PF linktype|\S+ does not encapsulate|The practice cloud's tcpdump does not know all words)/,
    'filterInvalid',
  ],
];

const remarks: readonly RegExp[] = [
  /^(?:tcpdump: )?(?:verbose output suppressed|Warning: |WARNING: )/i,
  /^(?:tcpdump: )?data link type /,
  /^dropped privs to /,
  /^reading from file /,
  /^(?:tcpdump: )?(?:pcap_loop|listening)/,
  /^(?:\^C)+$/,
];

/** What the line says, or undefined when it is nothing that these programs are known to say. */
export function statusOf(text: string): StatusEvent | undefined {
  const [, interfaceName, linkType, snapLength] = LISTENING.exec(text.replace(/^tcpdump: /, '')) ?? [];
  if (interfaceName !== undefined && linkType !== undefined) {
    return {
      kind: 'listening',
      interfaceName: interfaceName.replace(/,$/, ''),
      linkType,
      snapLengthBytes: Number(snapLength),
    };
  }
  const [, packets, what] = COUNT.exec(text) ?? [];
  if (what !== undefined)
    return { kind: 'count', what: countNames[what as keyof typeof countNames], packets: Number(packets) };
  if (remarks.some(remark => remark.test(text))) return { kind: 'remark', text };
  const failure = failures.find(([form]) => form.test(text))?.[1];
  if (failure) return { kind: 'failure', failure, text };
  return /^(?:tcpdump|timeout|sudo): /.test(text) ? { kind: 'failure', failure: 'other', text } : undefined;
}
