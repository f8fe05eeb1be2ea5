import type { MissingEvidence, Verdict } from '../core/verdict';
import { causeWords } from './causes';
import { t } from './translation';

export interface VerdictWords {
  /** The word that opens the sentence. */
  readonly label: string;
  readonly sentence: string;
}

/** `endpointName`: the Name tag of the verdict's endpoint, when it has one. */
export function describeVerdict(verdict: Verdict, endpointName?: string): VerdictWords {
  switch (verdict.kind) {
    case 'private':
      return { label: t('Private'), sentence: privateSentence(verdict, endpointName ?? verdict.endpointId) };
    case 'notPrivate':
      return { label: t('Not private'), sentence: notPrivateSentence(verdict, endpointName ?? verdict.endpointId) };
    case 'cannotTell':
      return { label: t('Cannot tell'), sentence: missingWords(verdict.missing) };
  }
}

function privateSentence(verdict: Extract<Verdict, { kind: 'private' }>, endpoint: string): string {
  const { address, availabilityZone, networkInterfaceId } = verdict;
  const share = shareWords(verdict);
  if (!networkInterfaceId) return t('{0} went to {1} through the gateway endpoint {2}.', share, address, endpoint);
  return availabilityZone
    ? t('{0} went to {1}, the interface of {2} in {3}.', share, address, endpoint, availabilityZone)
    : t('{0} went to {1}, an interface of {2}.', share, address, endpoint);
}

function notPrivateSentence(verdict: Extract<Verdict, { kind: 'notPrivate' }>, endpoint: string | undefined): string {
  const { address, cause, subject, synRetries, through } = verdict;
  const share = shareWords(verdict);
  const because = causeWords(cause, { subject, endpoint });
  switch (verdict.how) {
    case 'left':
      return through
        ? t('{0} left to {1} through {2}, because {3}.', share, address, through, because)
        : t('{0} left to {1}, because {2}.', share, address, because);
    case 'noAnswer':
      return synRetries === 1
        ? t('{0} does not answer: the SYN was repeated once, because {1}.', address, because)
        : t('{0} does not answer: the SYN was repeated {1} times, because {2}.', address, synRetries, because);
    case 'refused':
      return t('{0} refuses the connection: {1}.', address, because);
  }
}

type Share = { readonly packets: number; readonly ofPackets: number; readonly name: string | undefined };

/** The subject of the sentence: how many packets, and for which name. */
function shareWords({ packets, ofPackets, name }: Share): string {
  if (packets === ofPackets) {
    if (name) return packets === 1 ? t('The packet for {0}', name) : t('All {0} packets for {1}', packets, name);
    return packets === 1 ? t('The packet') : t('All {0} packets', packets);
  }
  return name ? t('{0} of {1} packets for {2}', packets, ofPackets, name) : t('{0} of {1} packets', packets, ofPackets);
}

function missingWords(missing: MissingEvidence): string {
  switch (missing) {
    case 'noPackets':
      return t('No packets yet. Run a command on the instance that calls the service.');
    case 'onlyOtherTraffic':
      return t('Only other traffic so far. Run a command on the instance that calls the service.');
    case 'noAnswerYet':
      return t('A connection was begun; the answer is not there yet.');
    case 'tooManyConversations':
      return t('There were more connections than are kept, so some were not judged. Clear the capture and try again.');
    case 'routeTableUnread':
      return t('The route table of the instance’s subnet could not be read.');
    case 'pathOutOfSight':
      return t('The packets left by a route whose other end cannot be seen from this account.');
    case 'interfacesUnread':
      return t('The network interfaces could not be read.');
    case 'endpointsUnread':
      return t('The endpoints could not be read.');
    case 'noTarget':
      return t('Nothing says yet which service this capture is about.');
    case 'fromFile':
      return t('A file holds packets alone, and nothing of the network that they were captured in.');
  }
}
