import type { CaptureState } from '../../src/protocol/capture';

/** A capture that runs, with a verdict. */
export const captureState: CaptureState = {
  phase: 'running',
  message: '',
  remedy: '',
  instanceName: 'web-1',
  instanceId: 'i-0123456789abcdef0',
  instanceAddress: '172.31.5.10',
  availabilityZone: 'ap-south-1a',
  scopeKind: 'practice',
  scopeLabel: 'provider',
  startOptions: {
    filter: 'port 443 or port 53',
    mode: 'lines',
    packetLimit: 100_000,
    timeLimitSeconds: 900,
    snapLengthBytes: 256,
    interfaceName: undefined,
  },
  presets: [
    { label: 'Traffic to ec2', filter: 'host 172.31.36.107 or host 172.31.14.109' },
    { label: 'HTTPS and DNS', filter: 'port 443 or port 53' },
    { label: 'DNS', filter: 'port 53' },
    { label: 'Everything', filter: '' },
  ],
  interfaceNames: ['lo', 'enX0'],
  verdict: {
    kind: 'private',
    label: 'Private',
    sentence: 'through vpce-0123456789abcdef0, 14 of 14 packets',
    endpointId: 'vpce-0123456789abcdef0',
  },
  prediction: 'The name resolves to the endpoint.',
  routeTable: {
    title: 'rtb-0123456789abcdef0',
    gap: '',
    rows: [
      { destination: '172.31.0.0/16', target: 'local', note: '', isBlackhole: false, isGone: false },
      { destination: '0.0.0.0/0', target: 'igw-0123456789abcdef0', note: '', isBlackhole: false, isGone: false },
    ],
  },
  interfacesGap: '',
  networkStamps: [{ firstRow: 0, time: '12:20:00' }],
  interfaces: ['172.31.36.107', '172.31.14.109', '172.31.20.58'].map((address, index) => ({
    networkInterfaceId: `eni-0123456789abcdef${index}`,
    address,
    availabilityZone: 'ap-south-1a',
    endpointId: 'vpce-0123456789abcdef0',
    endpointName: 'ec2',
    isGone: false,
  })),
  names: [{ name: 'ec2.ap-south-1.amazonaws.com', addresses: ['172.31.0.20'], isPrivate: true }],
  unparsedLines: 0,
  untrackedPackets: 0,
  droppedByKernel: undefined,
  channelFrames: 3,
};
