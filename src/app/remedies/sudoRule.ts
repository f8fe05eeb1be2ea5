import type { LabError } from '../../core/errors';

/** The user that Session Manager's agent makes for its sessions, and the file in which it would be allowed sudo (amazon-ssm-agent). */
const SESSION_USER = 'ssm-user';
const RULES_FILE = '/etc/sudoers.d/ssm-agent-users';

/** A line for somebody who is root on the instance: allows the session's user sudo without a password, as the agent itself does. */
export function sudoRuleCommand({ parameters: { user = '' } }: LabError): string {
  const name = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(user) ? user : SESSION_USER;
  return `echo '${name} ALL=(ALL) NOPASSWD:ALL' | sudo tee -a ${RULES_FILE}`;
}
