import { ServiceFault } from '../../protocols/serviceFault';

/** "Run commands when you launch an EC2 instance with user data input": before encoding. */
const maximumBytes = 16_384;

/** User data as it came, when it is Base64 and not too long. */
export function checkUserData(text: string): string {
  const decoded = decode(text);
  if (decoded === undefined)
    throw new ServiceFault('InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.');
  if (decoded.length > maximumBytes)
    throw new ServiceFault('InvalidParameterValue', `User data is limited to ${maximumBytes} bytes`);
  return text;
}

function decode(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
