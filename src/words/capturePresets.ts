import type { CapturePreset } from '../core/captureFilter';
import { t } from './translation';

/** What a filter to choose from is called. */
export function presetLabel(preset: CapturePreset): string {
  switch (preset.code) {
    case 'labs':
      return t('HTTPS and DNS, as in the labs');
    case 'https':
      return t('HTTPS');
    case 'dns':
      return t('DNS');
    case 'pings':
      return t('Pings and other ICMP');
    case 'handshakes':
      return t('Connections opened, closed and refused');
    case 'everything':
      return t('Everything but this session');
    case 'endpoint':
      return t('Traffic to {0}', preset.endpointName);
  }
}
