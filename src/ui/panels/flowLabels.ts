import type { FlowLabels } from '../../protocol/captureLabels';
import { t } from '../../words/translation';

/** The words of the page's table of flows. */
export function flowLabels(): FlowLabels {
  return {
    title: t('Flows'),
    hint: t('The conversations that the packets make'),
    none: t('No conversation yet.'),
    all: t('{0} flows'),
    someOf: t('The first {0} of {1} flows. Sort by another column to see others.'),
    choose: t('Show only the packets of this flow'),
    eachWay: t('{0} out, {1} back'),
    columns: {
      first: { text: t('Begin'), hint: t('Time of its first packet') },
      source: { text: t('Source'), hint: t('Who began it') },
      destination: { text: t('Destination'), hint: t('With whom, and the name that a captured DNS answer gave it') },
      protocol: { text: t('Proto'), hint: t('Protocol') },
      place: { text: t('Far side'), hint: t('What is at the other end, seen from the capturing interface') },
      state: { text: t('State'), hint: t('What became of it, as far as the packets tell') },
      packets: { text: t('Packets'), hint: t('Sent by the source, and sent back') },
      bytes: { text: t('Bytes'), hint: t('Payload sent by the source, and sent back') },
      handshake: { text: t('Handshake'), hint: t('From the first SYN to the SYN-ACK, by the clock of the capture') },
      retries: { text: t('Retries'), hint: t('SYNs and data that were sent again, or came out of order') },
      duration: { text: t('Duration'), hint: t('From its first packet to its last') },
    },
    states: {
      waiting: t('SYN sent, no answer yet'),
      noAnswer: t('no answer to {0} SYNs: dropped on the way?'),
      refused: t('refused by a reset'),
      open: t('open'),
      closing: t('closed by one side'),
      closed: t('closed'),
      reset: t('ended by a reset'),
      answered: t('answered'),
      oneWay: t('one way only'),
    },
  };
}
