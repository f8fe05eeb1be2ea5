import { t } from '../translation';
import { during, type ErrorTable } from './errorTable';

/** Signing in and reaching the cloud. */
export const signInErrors = {
  workspaceNotTrusted: said => [
    t('{0} waits: this workspace is in Restricted Mode.', said('scope') || t('The scope')),
    t('Trust the workspace to use real accounts; the practice cloud works as usual.'),
  ],
  profileMissing: said => [
    t('Profile {0} is not on this machine.', said('profile')),
    said('neededBy')
      ? t('Profile {0} takes its role from it. Add it to the AWS configuration.', said('neededBy'))
      : t('Add it to the AWS configuration, or remove the scope.'),
  ],
  credentialsMissing: said => [
    t('There are no credentials for {0}.', said('profile') || t('this scope')),
    said('detail') || t('Sign in with the AWS CLI, or choose another profile.'),
  ],
  credentialProcessFailed: said => [
    t('The credential_process of profile {0} gave no credentials.', said('profile')),
    t('Run it in a terminal to see why.'),
  ],
  mfaCodeNeeded: said => [
    t('Profile {0} asks for a code of its MFA device.', said('profile')),
    t('Sign in again to give it.'),
  ],
  mfaCodeRefused: said => [
    t('AWS did not accept the MFA code of profile {0}.', said('profile')),
    t('Each code counts once: wait for the next one and sign in again.'),
  ],
  signInFailed: said => [t('Profile {0} was not signed in.', said('profile')), said('detail') || t('Sign in again.')],
  awsCliMissing: said => [
    t('Profile {0} signs in with the AWS CLI, which is not on this machine.', said('profile')),
    t('Install the AWS CLI, version 2, then sign in again.'),
  ],
  credentialsExpired: said => [
    said('profile')
      ? t('The sign-in of profile {0} has expired.', said('profile'))
      : t('The credentials have expired ({0}).', during(said)),
    t('Sign in again, then repeat it.'),
  ],
  credentialsRefused: said => [
    t('The cloud did not accept the credentials ({0}).', during(said)),
    t('Check the access key and secret of the profile, and the clock of this computer.'),
  ],
  cloudUnreachable: said => [
    said('host', said('reason'))
      ? t('The cloud cannot be reached ({0}).', said('host', said('reason')))
      : t('The cloud cannot be reached.'),
    t('Check the network and the endpoint URL of the scope.'),
  ],
  proxyRefused: said => [
    t('The proxy {0} did not let the request through ({1}).', said('proxy'), said('status')),
    t('Check http.proxy, HTTPS_PROXY and NO_PROXY, and the password of the proxy.'),
  ],
} satisfies ErrorTable;
