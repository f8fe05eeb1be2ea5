import type { HandshakeAction, HandshakeAnswer, HandshakeRequest } from './payloads/handshake';

/** Our answer to each action that the agent asks for. Any other status than success makes the agent cancel the session. */
export function answerHandshake(request: HandshakeRequest): readonly HandshakeAnswer[] {
  return request.actions.map(answerAction);
}

function answerAction(action: HandshakeAction): HandshakeAnswer {
  if (action.type === 'SessionType') return { type: action.type, status: 'success', result: null, error: '' };
  const error = `Unsupported action ${action.type}`;
  return { type: action.type, status: 'unsupported', result: null, error };
}
