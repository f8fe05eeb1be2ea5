import { readSessionDocument, type SessionDocument } from './sessionDocument';

const PORT_PATTERN = '[1-9]|[1-9][0-9]{1,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]';

const HOST_PATTERN = '^[^,$^&\\(\\)!;\'"<>`{}\\[\\]\\|#=]{3,}$';

const text = (description: string, standard?: string, allowedPattern?: string) => ({
  type: 'String',
  description,
  ...(standard === undefined ? {} : { default: standard }),
  ...(allowedPattern === undefined ? {} : { allowedPattern }),
});

const remotePort = text('(Optional) Port number of the server on the instance', '80', `^(${PORT_PATTERN})$`);
const localPort = text(
  '(Optional) Port number on local machine to forward traffic to. An open port is chosen at run-time if not provided',
  '0',
  `^(0|${PORT_PATTERN})$`,
);
const command = text('(Required) The command to run');

/** The Session documents that AWS owns, as GetDocument shows them. */
export const awsSessionDocuments: ReadonlyMap<
  string,
  { readonly content: string; readonly document: SessionDocument }
> = new Map(
  Object.entries({
    'AWS-StartInteractiveCommand': {
      schemaVersion: '1.0',
      description: 'Document to run single interactive command on an instance',
      sessionType: 'InteractiveCommands',
      parameters: { command },
      properties: { linux: { commands: '{{command}}', runAsElevated: false } },
    },
    'AWS-StartNonInteractiveCommand': {
      schemaVersion: '1.0',
      description: 'Document to run single non-interactive command on an instance',
      sessionType: 'NonInteractiveCommands',
      parameters: {
        command,
        separateOutputStream: {
          type: 'Boolean',
          description: '(Optional) Send standard output and standard error as separate streams',
          default: false,
          allowedValues: [true, false],
        },
        stdoutSeparatorPrefix: text('(Optional) Prefix of standard output when the streams are separate', ''),
        stderrSeparatorPrefix: text('(Optional) Prefix of standard error when the streams are separate', ''),
      },
      properties: {
        linux: {
          commands: '{{command}}',
          runAsElevated: false,
          separateOutputStream: '{{separateOutputStream}}',
          stdOutSeparatorPrefix: '{{stdoutSeparatorPrefix}}',
          stdErrSeparatorPrefix: '{{stderrSeparatorPrefix}}',
        },
      },
    },
    'AWS-StartSSHSession': {
      schemaVersion: '1.0',
      description: 'Document to start SSH session over Session Manager',
      sessionType: 'Port',
      parameters: {
        portNumber: text('(Optional) Port number of SSH server on the instance', '22', `^(${PORT_PATTERN})$`),
      },
      properties: { portNumber: '{{ portNumber }}' },
    },
    'AWS-StartPortForwardingSession': {
      schemaVersion: '1.0',
      description: 'Document to start port forwarding session over Session Manager',
      sessionType: 'Port',
      parameters: { portNumber: remotePort, localPortNumber: localPort },
      properties: {
        portNumber: '{{ portNumber }}',
        type: 'LocalPortForwarding',
        localPortNumber: '{{ localPortNumber }}',
      },
    },
    'AWS-StartPortForwardingSessionToRemoteHost': {
      schemaVersion: '1.0',
      description: 'Document to start port forwarding session over Session Manager to remote host',
      sessionType: 'Port',
      parameters: {
        host: text('(Optional) Hostname or IP address of the destination server', 'localhost', HOST_PATTERN),
        portNumber: remotePort,
        localPortNumber: localPort,
      },
      properties: {
        portNumber: '{{ portNumber }}',
        type: 'LocalPortForwarding',
        localPortNumber: '{{ localPortNumber }}',
        host: '{{ host }}',
      },
    },
  }).map(([name, value]) => {
    const content = JSON.stringify(value, undefined, 2);
    return [name, { content, document: readSessionDocument(content) }];
  }),
);
