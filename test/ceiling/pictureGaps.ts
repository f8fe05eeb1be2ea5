import type { FrameLocator } from 'playwright-core';

/** Milliseconds between one picture of a page and the next, over so long a time. */
export async function pictureGaps(page: FrameLocator, durationMs: number): Promise<readonly number[]> {
  return page.locator('body').evaluate(watch, durationMs, { timeout: durationMs + 120_000 });
}

/** Runs in the page. */
const watch = (_body: unknown, durationMs: number): Promise<number[]> =>
  new Promise(resolve => {
    const page = globalThis as unknown as { requestAnimationFrame(draw: (nowMs: number) => void): void };
    const gaps: number[] = [];
    let startMs: number | undefined;
    let lastMs = 0;
    const draw = (nowMs: number) => {
      if (startMs === undefined) startMs = nowMs;
      else gaps.push(nowMs - lastMs);
      lastMs = nowMs;
      if (nowMs - startMs < durationMs) page.requestAnimationFrame(draw);
      else resolve(gaps);
    };
    page.requestAnimationFrame(draw);
  });

/** The value below which `share` of all lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
