import type { Gap, Reading } from './snapshot';

/** Thrown by {@link need} and caught by {@link orGap} only: the question cannot be answered because this was not read. */
class GapReached extends Error {
  constructor(readonly gap: Gap) {
    super(gap.reading);
  }
}

/** The value, or the end of the surrounding {@link orGap}. */
export function need<T>(reading: Reading<T>): T {
  if (reading.known) return reading.value;
  throw new GapReached(reading.gap);
}

/** The value, or what stands in for one that was not read. For lists of choices and labels; a judgement asks by {@link need}. */
export function valueOr<T, Other>(reading: Reading<T>, otherwise: Other): T | Other {
  return reading.known ? reading.value : otherwise;
}

/** Ends the surrounding {@link orGap} with a gap of the caller's. */
export function giveUp(gap: Gap): never {
  throw new GapReached(gap);
}

/** Runs a question over values that may be gaps; the first gap that it needs becomes its answer. */
export function orGap<T>(question: () => T): Reading<T> {
  try {
    return { known: true, value: question() };
  } catch (error) {
    if (error instanceof GapReached) return { known: false, gap: error.gap };
    throw error;
  }
}
