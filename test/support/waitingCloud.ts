import { type PracticeClients, startTestCloud, type TestCloud } from './practice';

/** Simulated seconds that pass in each turn of the real timer. */
const stepMs = 2_000;
const turnMs = 1;

/** A waiter asks every few milliseconds of real time; its limit is real time as well. */
const delays = { minDelay: 0.003, maxDelay: 0.003, maxWaitTime: 25 };

/** What the SDK's waiters want to know besides what they wait for. */
export function waiting<T>(client: T) {
  return { client, ...delays };
}

export interface WaitingCloud extends TestCloud {
  readonly consumer: PracticeClients;
  readonly provider: PracticeClients;
  stop(): void;
}

/** A cloud whose time runs by itself, so that the SDK's waiters see states change; the clients sign with its time. */
export function startWaitingCloud(): WaitingCloud {
  const test = startTestCloud('default');
  const consumer = test.clients(1);
  const provider = test.clients(0);
  const all = [...Object.values(consumer), ...Object.values(provider)] as PracticeClients['ec2'][];
  const timer = setInterval(() => {
    test.timeline.advanceTo(test.timeline.now() + stepMs);
    const offsetMs = test.timeline.now() - Date.now();
    for (const { config } of all) config.systemClockOffset = offsetMs;
  }, turnMs);
  const stop = () => {
    clearInterval(timer);
    test.cloud.dispose();
  };
  return { ...test, consumer, provider, stop };
}
