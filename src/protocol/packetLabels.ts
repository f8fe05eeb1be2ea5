/** The words of the packets' table, of a packet's details and of the raw stream's search, in the reader's language. `{0}`, `{1}` are filled in by the page. */
export interface PacketLabels {
  /** `{0}` packets, shown alone when one presses it. */
  readonly showOnlyThese: string;
  readonly menu: string;
  /** `{0}` is an address. */
  readonly showOnlyAddress: string;
  readonly showOnlyConversation: string;
  readonly copyLines: string;
  /** `{0}` packets are selected, `{1}` can be copied. */
  readonly tooManyToCopy: string;
  readonly columns: string;
  /** `{0}` is a column. */
  readonly columnWidth: string;
  readonly defaultColumns: string;
  readonly timeOfDay: string;
  readonly timeSinceFirst: string;
  readonly timeSincePrevious: string;
  readonly goTo: string;
  readonly goToHint: string;
  readonly details: string;
  readonly closeDetails: string;
  readonly detailsHeight: string;
  /** `{0}` is the packet's number. */
  readonly packet: string;
  readonly line: string;
  readonly flags: string;
  readonly networkInterface: string;
  readonly route: string;
  readonly bytes: string;
  readonly noBytes: string;
  /** By their names in the header. */
  readonly flagNames: Readonly<Record<'fin' | 'syn' | 'rst' | 'psh' | 'ack' | 'urg' | 'ece' | 'cwr', string>>;
  readonly find: string;
  readonly findNext: string;
  readonly findPrevious: string;
  /** The `{0}`th of `{1}` places. */
  readonly found: string;
  readonly notFound: string;
  /** Of the raw stream: `{0}` characters. */
  readonly rawMissing: string;
}
