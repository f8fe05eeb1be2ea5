import { t } from '../translation';
import type { ErrorTable } from './errorTable';

/** What is missing on the way to a repository, by the program that asked it. `endpointId`: the endpoint that the way leads through. */
function repositoryHint(installer: string, endpointId: string): string {
  if (installer === 'apt-get') return t('It is on the internet: the subnet needs a way there, such as a NAT gateway.');
  return endpointId
    ? t('Amazon Linux keeps it in S3: the policy of {0} must allow s3:GetObject there.', endpointId)
    : t('Amazon Linux keeps it in S3: the VPC needs a gateway endpoint for S3, or a way to the internet.');
}

/** Captures, the practice cloud, files and labs. */
export const captureErrors = {
  filterInvalid: said => [
    said('detail')
      ? t('tcpdump does not understand the filter ({0}).', said('detail'))
      : t('tcpdump does not understand the filter.'),
    t('A filter reads like: port 443 and host 172.31.36.107'),
  ],
  interfaceNameInvalid: said => [
    t('{0} is not the name of a network interface.', said('interfaceName', said('name'))),
    t('Names look like ens5, enX0 or any.'),
  ],
  captureToolMissing: _said => [
    t('tcpdump is not installed on the instance.'),
    t('It can be installed through a session, where the instance reaches a package repository.'),
  ],
  captureNotPermitted: said => [
    said('user')
      ? t('The session’s user {0} may not capture: sudo on the instance wants a password.', said('user'))
      : t('The session’s user may not capture on the instance.'),
    t('It needs sudo without a password, as on Amazon’s images; somebody who is root there can allow it.'),
  ],
  captureInterfaceMissing: said => [
    t('The instance has no network interface {0}.', said('interfaceName', said('name'))),
    said('names')
      ? t('It has {0}. Capture on one of them, or on all.', said('names'))
      : t('Capture on all of its interfaces, or on another.'),
  ],
  repositoryUnreachable: said => [
    said('detail')
      ? t('The instance did not reach its package repository: {0}', said('detail'))
      : t('The instance did not reach its package repository.'),
    repositoryHint(said('installer'), said('endpointId')),
  ],
  installFailed: said => [
    said('detail') ? t('tcpdump could not be installed: {0}', said('detail')) : t('tcpdump could not be installed.'),
    t('Install it in a shell on the instance; the capture finds it there.'),
  ],
  captureFailed: said => [
    said('detail') ? t('The capture failed: {0}', said('detail')) : t('The capture failed.'),
    t('The raw text of the panel shows what the instance printed.'),
  ],
  captureFileUnknown: said => [
    t('{0} is no capture: neither pcap nor pcapng, nor tcpdump’s text.', said('name')),
    t('A capture is what tcpdump, dumpcap, tshark or Wireshark wrote, or what tcpdump printed.'),
  ],
  captureLinkUnknown: said => [
    t('{0} holds packets of a link that is not shown here (link type {1}).', said('name'), said('linkType')),
    t('Shown are Ethernet, Linux’s “any” interface and bare IP. Wireshark opens the others.'),
  ],
  captureFileTooLarge: said => [
    t('{0} is too large to be opened: {1} MB of at most {2} MB.', said('name'), said('size'), said('limit')),
    t('Cut it into pieces first, for example with: editcap -c 1000000'),
  ],
  captureFormUnavailable: said => [
    t('This capture cannot be saved as .{0}.', said('form')),
    t(
      'Packets as bytes come from a capture in exact mode (setting vpcLabs.capture.mode); other captures are saved as text.',
    ),
  ],
  noCaptureOpen: _said => [t('No capture is open.'), t('Save is for the capture panel that is being worked in.')],
  practiceFailed: said => [
    said('detail') ? t('The practice cloud has stopped: {0}', said('detail')) : t('The practice cloud has stopped.'),
    t('Start it again; it begins afresh.'),
  ],
  fileUnreadable: said => [
    t('The file {0} cannot be read.', said('file', said('name'))),
    t('It may have been written by a newer version, or be damaged.'),
  ],
  stepNotDone: said => [
    t('The step “{0}” is not done: {1}', said('step'), said('detail')),
    t('Its hints say what to do; “Do it for me” does it.'),
  ],
  ledgerUnknown: () => [
    t('What labs have made was written down by another version of this extension, and cannot be read.'),
    t('Update the extension. Until then, what carries the tag vpc-labs:run is what labs have made.'),
  ],
  notMadeByLab: said => [
    t('The lab did not make {0}, and so does not delete it.', said('id')),
    t('Delete it yourself if you want to go on with it, or begin the lab in another VPC.'),
  ],
} satisfies ErrorTable;
