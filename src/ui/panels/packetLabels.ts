import type { PacketLabels } from '../../protocol/packetLabels';
import { t } from '../../words/translation';

/** See {@link PacketLabels}. */
export function packetLabels(): PacketLabels {
  return {
    showOnlyThese: t('{0} packets: show only these'),
    menu: t('Packet'),
    showOnlyAddress: t('Show only {0}'),
    showOnlyConversation: t('Show only this conversation'),
    copyLines: t('Copy the lines'),
    tooManyToCopy: t('{0} packets are selected; at most {1} can be copied. "Save" keeps all of them.'),
    columns: t('Columns'),
    columnWidth: t('Width of column {0}'),
    defaultColumns: t('Columns as at first'),
    timeOfDay: t('Time of day'),
    timeSinceFirst: t('Seconds since the first packet'),
    timeSincePrevious: t('Seconds since the packet before'),
    goTo: t('Go to packet'),
    goToHint: t('Number of a packet; Enter goes there. Ctrl+G leads here.'),
    details: t('Details'),
    closeDetails: t('Close the details'),
    detailsHeight: t('Height of the details'),
    packet: t('Packet {0}'),
    line: t('As printed'),
    flags: t('TCP flags'),
    networkInterface: t('Interface'),
    route: t('Route'),
    bytes: t('Bytes'),
    noBytes: t(
      'Only the line is there: tcpdump sent text. A capture in exact mode and an opened pcap file have the bytes as well.',
    ),
    flagNames: {
      fin: t('FIN (no more data)'),
      syn: t('SYN (opens)'),
      rst: t('RST (refuses or breaks off)'),
      psh: t('PSH (hand over now)'),
      ack: t('ACK (confirms)'),
      urg: t('URG (urgent)'),
      ece: t('ECE (congestion seen)'),
      cwr: t('CWR (congestion window reduced)'),
    },
    find: t('Find in the stream'),
    findNext: t('Next match'),
    findPrevious: t('Previous match'),
    found: t('{0} of {1}'),
    notFound: t('No match'),
    rawMissing: t('{0} characters are not shown here'),
  };
}
