import type { InstanceState, SessionManagerStatus } from '../core/network';
import { t } from './translation';

/** An instance's state in a word or two. */
export function instanceStateWords(state: InstanceState): string {
  switch (state) {
    case 'pending':
      return t('starting');
    case 'running':
      return t('running');
    case 'shuttingDown':
      return t('shutting down');
    case 'terminated':
      return t('terminated');
    case 'stopping':
      return t('stopping');
    case 'stopped':
      return t('stopped');
  }
}

/** Undefined is an instance that never registered. */
export function sessionManagerWords(status: SessionManagerStatus | undefined): string {
  switch (status) {
    case 'online':
      return t('Session Manager: online');
    case 'connectionLost':
      return t('Session Manager: connection lost');
    case 'inactive':
      return t('Session Manager: inactive');
    case undefined:
      return t('Session Manager: not registered');
  }
}
