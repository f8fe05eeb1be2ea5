import type { StartLabels } from '../../protocol/startLabels';
import { t } from '../../words/translation';

/** The page's words around what a capture is started with, in the reader's language. */
export function startLabels(): StartLabels {
  return {
    presets: t('Filters to choose from'),
    filterProblems: {
      refused: t(
        '“{0}” is not sent: a filter has no control characters, no dash in front and at most 4,096 characters.',
      ),
      unpaired: t('“{0}” lacks its other half. Such a filter is not sent.'),
      incomplete: t('Something is missing at the end. tcpdump on the instance decides.'),
      notOurs: t('“{0}” is not known here. tcpdump on the instance decides.'),
      value: t('“{0}” does not fit: {1}. tcpdump on the instance decides.'),
      unexpected: t('“{0}” is not expected here. tcpdump on the instance decides.'),
    },
    options: t('Options of the capture'),
    mode: t('Mode'),
    modes: {
      lines: t('Lines: everything tcpdump prints'),
      compact: t('Compact: short lines, for busy links'),
      exact: t('Exact: the packets’ bytes, to save as pcapng'),
    },
    modeNames: { lines: t('lines'), compact: t('compact'), exact: t('exact') },
    packetLimit: t('Packets at most'),
    timeLimitSeconds: t('Seconds at most'),
    snapLengthBytes: t('Bytes of each packet'),
    interfaceName: t('Interface'),
    interfaceFound: t('The one with the instance’s address'),
    interfaceAny: t('any: all interfaces'),
    interfaceInvalid: t('This is no name of an interface.'),
    outOfRange: t('A whole number from {0} to {1}.'),
    summaryPackets: t('{0} packets'),
    summaryMinutes: t('{0} min'),
    summarySeconds: t('{0} s'),
    fromSettings: t('For this panel. Defaults are in the settings under vpcLabs.capture.'),
  };
}
