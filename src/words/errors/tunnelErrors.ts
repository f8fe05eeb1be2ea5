import type { PathCause } from '../../core/verdict';
import { causeWords } from '../causes';
import { t } from '../translation';
import type { ErrorTable, Said } from './errorTable';

/** Shells through EC2 Instance Connect Endpoints. */
export const tunnelErrors = {
  tunnelUnanswered: said => [
    t('{0} gets no answer from port 22 of {1}.', endpointOf(said), targetOf(said)),
    t(
      'Check that sshd runs there and that the instance’s group admits TCP 22 from the endpoint, or, where the endpoint preserves the client’s address, from your own.',
    ),
  ],
  tunnelBlocked: said => [
    t('{0} does not reach port 22 of {1}, because {2}.', endpointOf(said), targetOf(said), blockWords(said)),
    blockAdvice(said),
  ],
  tunnelNotReady: said => [
    t('{0} is not ready for connections.', endpointOf(said)),
    t('A new one takes a minute or two. If it has failed, delete it and create another.'),
  ],
  tunnelsTaken: said => [
    t('{0} carries as many connections as it can (20).', endpointOf(said)),
    t('Close a shell that goes through it.'),
  ],
  loginRefused: said => [
    t('{0} did not let {1} in with the key.', said('instanceId') || t('The instance'), said('userName')),
    t('The image needs the package ec2-instance-connect; Amazon Linux has it and calls its user ec2-user.'),
  ],
  awsCliUnfit: said => [
    said('version')
      ? t('The AWS CLI {0} is too old for ec2-instance-connect ssh.', said('version'))
      : t('The AWS CLI was not found on this computer.'),
    t('Install version 2.12 or newer.'),
  ],
} satisfies ErrorTable;

const endpointOf = (said: Said) => said('endpointId') || t('The Instance Connect endpoint');
const targetOf = (said: Said) => said('instanceId', said('privateIpAddress')) || t('the instance');

function blockWords(said: Said): string {
  const cause = said('cause', 'unexplained') as PathCause;
  return cause === 'securityGroupBlocksEgress'
    ? t('its security group lets nothing out there')
    : causeWords(cause, { subject: said('subject') || undefined, endpoint: undefined });
}

function blockAdvice(said: Said): string {
  switch (said('cause') as PathCause) {
    case 'securityGroupBlocksEgress':
      return t('Add an outbound rule to the endpoint’s group: TCP 22 to the instance’s group.');
    case 'securityGroupLacksPort':
      return t('Add an inbound rule to the instance’s group: TCP 22 from the endpoint’s group.');
    case 'networkAclDenies':
      return t('Let the network ACL pass TCP 22 inwards, and the answers from port 22 outwards.');
    default:
      return t('Change that, then try again.');
  }
}
