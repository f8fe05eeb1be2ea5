import type { Clock } from '../base/clock';
import type { Session } from './session';

const CTRL_C = Uint8Array.of(0x03);
const PATIENCE_MS = 3_000;

/**
 * Stops a capture so that its closing lines still arrive: Ctrl-C, up to 3 s, Ctrl-C again, up to 3 s, then termination.
 * `finished` resolves when the closing mark was seen; never rejects.
 */
export async function stopPolitely(session: Session, finished: Promise<unknown>, clock: Clock): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt++) {
    session.write(CTRL_C);
    if (await happensInTime(Promise.race([finished, session.closed]), clock)) break;
  }
  await session.end();
}

async function happensInTime(event: Promise<unknown>, clock: Clock): Promise<boolean> {
  return new Promise(resolve => {
    const timer = clock.after(PATIENCE_MS, () => resolve(false));
    const onEvent = () => {
      timer.dispose();
      resolve(true);
    };
    event.then(onEvent, onEvent);
  });
}
