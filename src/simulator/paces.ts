import type { Pace } from './workerProtocol';

/** By what the durations of control-plane states are divided. An endpoint that takes a minute on AWS takes three seconds at `fast`. */
export const paces: Readonly<Record<Pace, number>> = { fast: 20, real: 1 };
