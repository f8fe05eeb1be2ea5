import { LabError } from '../core/errors';
import type { InstanceId } from '../core/ids';
import type { CallOptions } from '../core/ports/calls';
import type { DataKey, SessionDocument, SessionGateway, SessionTicket } from '../core/ports/sessionGateway';
import type { ChannelTransport } from '../core/ports/wire';
import { requiredBytes, requiredText } from './mapping/fields';
import type { Services } from './services/connect';
import { signChannel } from './signChannel';

interface WireTicket {
  readonly SessionId?: string | undefined;
  readonly StreamUrl?: string | undefined;
  readonly TokenValue?: string | undefined;
}

/** What a session needs: a key of 32 bytes for each direction. */
const DATA_KEY_BYTES = 64;

/** Sessions by Systems Manager; their channels are dialled by the connection. */
export class AwsSessionGateway implements SessionGateway {
  readonly #ssm: Services['ssm'];
  readonly #kms: Services['kms'];

  constructor({ ssm, kms }: Pick<Services, 'ssm' | 'kms'>) {
    this.#ssm = ssm;
    this.#kms = kms;
  }

  startSession(target: InstanceId, document: SessionDocument, options: CallOptions = {}): Promise<SessionTicket> {
    return this.#ssm.call(
      'ssm:StartSession',
      async (client, api, http) => {
        const parameters = 'command' in document ? { Parameters: { command: [document.command] } } : {};
        const command = new api.StartSessionCommand({ Target: target, DocumentName: document.name, ...parameters });
        return mapTicket(await client.send(command, http));
      },
      options,
    );
  }

  async resumeSession(sessionId: string, options: CallOptions = {}): Promise<SessionTicket | undefined> {
    try {
      return await this.#ssm.call(
        'ssm:ResumeSession',
        async (client, api, http) => {
          const answer = await client.send(new api.ResumeSessionCommand({ SessionId: sessionId }), http);
          // Without a token the session has timed out.
          return answer.TokenValue ? mapTicket(answer) : undefined;
        },
        options,
      );
    } catch (error) {
      if (error instanceof LabError && isOver(error)) return undefined;
      throw error;
    }
  }

  async terminateSession(sessionId: string, options: CallOptions = {}): Promise<void> {
    try {
      await this.#ssm.call(
        'ssm:TerminateSession',
        async (client, api, http) => {
          await client.send(new api.TerminateSessionCommand({ SessionId: sessionId }), http);
        },
        options,
      );
    } catch (error) {
      if (!(error instanceof LabError && isOver(error))) throw error;
    }
  }

  generateDataKey(
    keyId: string,
    encryptionContext: Readonly<Record<string, string>>,
    options: CallOptions = {},
  ): Promise<DataKey> {
    return this.#kms.call(
      'kms:GenerateDataKey',
      async (client, api, http) => {
        const input = { KeyId: keyId, NumberOfBytes: DATA_KEY_BYTES, EncryptionContext: { ...encryptionContext } };
        const answer = await client.send(new api.GenerateDataKeyCommand(input), http);
        return {
          plaintext: requiredBytes('Plaintext', answer.Plaintext),
          ciphertextBlob: requiredBytes('CiphertextBlob', answer.CiphertextBlob),
        };
      },
      options,
    );
  }

  async openChannel(ticket: SessionTicket, { signal }: CallOptions = {}): Promise<ChannelTransport> {
    const { clock, credentials, openChannel, region } = this.#ssm.connection;
    const headers = await signChannel(ticket.streamUrl, {
      credentials: await credentials(),
      region,
      nowMs: clock.now(),
    });
    signal?.throwIfAborted();
    return openChannel(ticket, headers, signal);
  }
}

/** The service does not know the session any more, or the practice cloud is gone with all that it knew. */
function isOver({ cloudCode, code }: LabError): boolean {
  return /^DoesNotExist/.test(cloudCode ?? '') || code === 'practiceFailed';
}

function mapTicket(wire: WireTicket): SessionTicket {
  return {
    sessionId: requiredText('SessionId', wire.SessionId),
    streamUrl: requiredText('StreamUrl', wire.StreamUrl),
    token: requiredText('TokenValue', wire.TokenValue),
  };
}
