import { setImmediate } from 'node:timers/promises';
import { findSharedPassages, type Comparison, type SharedPassages } from '@tensormark/essays';

/** Comparisons wait for each other, so that many requests take no more of the machine than one. */
let last: Promise<unknown> = Promise.resolve();

/** Compares texts; other requests are answered between its steps. */
export function compare(comparison: Comparison): Promise<SharedPassages> {
  const mine = last.then(() => step(comparison));
  last = mine.catch(() => undefined);
  return mine;
}

async function step(comparison: Comparison): Promise<SharedPassages> {
  const finding = findSharedPassages(comparison);
  for (;;) {
    const { done, value } = finding.next();
    if (done === true) return value;
    await setImmediate();
  }
}
