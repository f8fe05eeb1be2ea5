import type { CaptureStatus, InterfaceRow, RouteRow, RouteTableReading } from '../../app/captureModel';
import { comparePrediction } from '../../core/prediction/comparePrediction';
import { serviceLabel } from '../../core/serviceNames';
import type { CaptureState, InterfaceRowView, RouteRowView, RouteTableView } from '../../protocol/capture';
import type { CaptureLabels } from '../../protocol/captureLabels';
import { addressClassNames } from '../../words/addressClasses';
import { presetLabel } from '../../words/capturePresets';
import { errorLine } from '../../words/errors';
import { gapWords } from '../../words/gaps';
import { predictionSentence } from '../../words/predictions';
import { sessionStatusWords } from '../../words/sessions';
import { timeOfDayText } from '../../words/times';
import { t } from '../../words/translation';
import { describeVerdict } from '../../words/verdict';
import { flowLabels } from './flowLabels';
import { packetLabels } from './packetLabels';
import { startLabels } from './startLabels';

/** A capture's status in words, as the page shows it. `remedy`: what the button beside an error says. */
export function captureState(status: CaptureStatus, remedy: string): CaptureState {
  const { instance, scope } = status;
  return {
    phase: status.phase,
    message: message(status),
    remedy,
    instanceName: captureName(status),
    instanceId: (instance.name && instance.id) ?? '',
    instanceAddress: instance.address ?? '',
    availabilityZone: instance.availabilityZone ?? '',
    scopeKind: scope?.kind ?? 'file',
    scopeLabel: scope?.label ?? '',
    startOptions: status.startOptions,
    presets: status.presets.map(preset => ({ label: presetLabel(preset), filter: preset.filter })),
    interfaceNames: status.interfaceNames,
    verdict: verdictView(status),
    prediction: predictionWords(status),
    routeTable: routeTable(status.routeTable),
    interfaces: status.interfaces.map(interfaceRow),
    interfacesGap: status.interfacesGap ? gapWords(status.interfacesGap) : '',
    networkStamps: status.networkStamps.map(({ firstRow, readAtMs }) => ({ firstRow, time: timeOfDayText(readAtMs) })),
    names: status.names,
    unparsedLines: status.unparsedLines,
    untrackedPackets: status.untrackedPackets,
    droppedByKernel: status.droppedByKernel,
    channelFrames: status.channelFrames,
  };
}

/** Whose packets they are, in short: the instance's, or the file's. */
export function captureName({ instance }: Pick<CaptureStatus, 'instance'>): string {
  return instance.name ?? instance.id ?? '';
}

function message(status: CaptureStatus): string {
  switch (status.phase) {
    case 'idle':
      return '';
    case 'starting':
      return t('Connecting to the instance and starting tcpdump…');
    case 'running':
      return runningWords(status);
    case 'stopping':
      return t('Stopping tcpdump…');
    case 'failed':
      return status.error ? errorLine(status.error) : t('The capture failed.');
    case 'stopped':
      return endWords(status);
  }
}

function runningWords({ link, isFilterUnchecked }: CaptureStatus): string {
  const linkWords = link && sessionStatusWords(link);
  if (linkWords) return linkWords;
  return isFilterUnchecked ? t('The filter is none that we know; tcpdump on the instance decides.') : '';
}

function endWords(status: CaptureStatus): string {
  switch (status.end) {
    case 'packetLimit':
      return t('Stopped: the packet limit is reached.');
    case 'timeLimit':
      return t('Stopped: the time limit is reached.');
    case 'sessionEnded':
      return t('Stopped: the session has ended.');
    case 'fileRead':
      return '';
    case 'fileCut':
      return t('The file ends in the middle of a packet, or is damaged from there on: what is whole is shown.');
    default:
      return t('Stopped.');
  }
}

function verdictView(status: CaptureStatus): CaptureState['verdict'] {
  const endpointId = 'endpointId' in status.verdict ? status.verdict.endpointId : undefined;
  return {
    kind: status.verdict.kind,
    endpointId,
    firstDisagreeing: 'firstDisagreeing' in status.verdict ? status.verdict.firstDisagreeing : undefined,
    ...describeVerdict(status.verdict, endpointNameOf(status, endpointId)),
  };
}

function predictionWords(status: CaptureStatus): string {
  const { prediction, verdict } = status;
  if (!prediction) return '';
  const sentence = predictionSentence(prediction, endpointNameOf(status, predictedEndpoint(status)));
  switch (comparePrediction(prediction, verdict)) {
    case 'confirmed':
      return t('{0} The packets confirm it.', sentence);
    case 'refuted':
      return t('{0} The packets refute it.', sentence);
    case undefined:
      return sentence;
  }
}

function predictedEndpoint({ prediction }: CaptureStatus): string | undefined {
  const outcome = prediction?.outcome;
  return outcome && 'endpointId' in outcome ? outcome.endpointId : undefined;
}

function endpointNameOf(status: CaptureStatus, endpointId: string | undefined): string | undefined {
  if (endpointId === undefined) return undefined;
  if (endpointId === status.endpointId) return status.endpointName;
  return status.interfaces.find(row => row.endpointId === endpointId)?.endpointName;
}

function routeTable(reading: RouteTableReading): RouteTableView {
  if (!reading.known) return { title: t('Route table'), gap: gapWords(reading.gap), rows: [] };
  const title = reading.isMain ? t('Route table {0} (main)', reading.id) : t('Route table {0}', reading.id);
  return { title, gap: '', rows: reading.rows.map(routeRow) };
}

function routeRow(row: RouteRow): RouteRowView {
  return {
    destination: row.destination,
    target: row.target,
    note: row.prefixListName === undefined ? '' : serviceLabel(row.prefixListName),
    isBlackhole: row.route.state === 'blackhole',
    isGone: row.isGone ?? false,
  };
}

function interfaceRow(row: InterfaceRow): InterfaceRowView {
  return {
    networkInterfaceId: row.networkInterfaceId,
    address: row.address,
    availabilityZone: row.availabilityZone ?? '',
    endpointId: row.endpointId ?? '',
    endpointName: row.endpointName ?? row.endpointId ?? row.networkInterfaceId,
    isGone: row.isGone ?? false,
  };
}

/** The page's own words in the reader's language. */
export function captureLabels(): CaptureLabels {
  return {
    filter: t('Capture filter'),
    filterHint: t('What tcpdump captures, in its own filter language: port 443 or port 53. Enter starts.'),
    start: t('Start'),
    stop: t('Stop'),
    startLabels: startLabels(),
    clear: t('Clear'),
    save: t('Save…'),
    raw: t('Raw'),
    rawTitle: t('The stream exactly as tcpdump printed it'),
    views: t('View'),
    packetsTitle: t('One row for each packet'),
    flows: flowLabels(),
    tableTitle: t('Packets'),
    columns: {
      number: t('#'),
      time: t('Time'),
      source: t('Source'),
      destination: t('Destination'),
      protocol: t('Proto'),
      length: t('Length'),
      info: t('Info'),
    },
    noPacketsIdle: t('Start the capture, then run a command on the instance.'),
    noPacketsRunning: t('Listening. Run a command in the instance’s shell, for example: aws ec2 describe-instances'),
    jumpToLatest: t('Latest packet'),
    displayFilter: t('Display filter'),
    displayFilterHint: t(
      'Which packets are shown; every word must match. Examples: 172.31.0.2, 172.31.0.0/20, 172.31.0.2:53, port:443, src:172.31.0.2, dst:53, tcp, dns, class:endpoint, flag:syn, "text of the line". A minus in front of a word leaves out what it matches. Ctrl+F leads here, Escape shows all packets.',
    ),
    displayFilterPlaceholder: t('Show only: 172.31.0.2 port:443 tcp class:endpoint -flag:syn "text"'),
    showAll: t('Show all packets'),
    shownPackets: t('{0} of {1} packets'),
    shownPacketsSoFar: t('{0} in the first {1} of {2} packets'),
    noneShown: t('No packet matches the display filter.'),
    displayProblems: {
      unclosedQuote: t('The quotation mark before {0} has no other to close it.'),
      nothingAfterMinus: t('A minus stands in front of what is to be left out.'),
      address: t(
        '{0} is no address, and no range such as 172.31.0.0/20. To look for the text, put it in quotation marks.',
      ),
      port: t('{0} names no ports: they are numbers from 1 to 65535, such as port:443 or port:53,1024-2048.'),
      class: t('{0} names no class. Classes are {1}.'),
      flag: t('{0} names no TCP flag. Flags are {1}.'),
      interface: t('{0} is none of the endpoint interfaces beside the packets.'),
      route: t('{0} is none of the routes beside the packets.'),
    },
    interfaces: t('Endpoint interfaces'),
    noInterfaces: t('This VPC has no endpoint interfaces.'),
    routes: t('Route table'),
    names: t('Names seen'),
    refreshNetwork: t('Read again'),
    openEndpoint: t('Show endpoint'),
    answerPrivate: t('PRIVATE'),
    answerPublic: t('PUBLIC'),
    blackhole: t('blackhole'),
    gone: t('no longer there'),
    networkChanged: t('The network changed at {0}: packets from number {1} on are judged by the new one.'),
    countsSplit: t('since {0}: {1}; before the change: {2}'),
    packets: t('{0} packets'),
    packetsDropped: t('{0} packets, the oldest {1} no longer held'),
    unparsed: t('{0} other lines'),
    untracked: t('{0} packets of further conversations, neither listed nor judged'),
    droppedByKernel: t('{0} dropped by the instance’s kernel'),
    channelFrames: t('{0} frames of this session, not captured'),
    prediction: t('Predicted:'),
    firstDisagreeing: t('The first packet that disagrees is number {0}.'),
    showPacket: t('Show packet {0}'),
    packetsPerSecond: t('Packets per second'),
    rateGroups: {
      endpoint: t('endpoint'),
      gatewayEndpoint: t('gateway endpoint'),
      resolver: t('resolver'),
      peering: t('peering'),
      loadBalancer: t('load balancer'),
      local: t('inside the VPC'),
      internet: t('internet'),
      other: t('other'),
    },
    rateSummary: t('Packets in the last {0} seconds: {1}'),
    addressClasses: addressClassNames(),
    packetView: packetLabels(),
  };
}
