import type { ConfidenceStep } from '../../libs/essays/src/judge/scorer.js';

export interface Shown {
  readonly value: number;
  readonly covered: boolean;
  readonly weight: number;
}

/**
 * Isotonic regression by pooling adjacent violators: the share that was covered as steps that rise with the chance, each of
 * at least so many places.
 */
export function stepsOf(shown: readonly Shown[], from: number, least: number): readonly ConfidenceStep[] {
  const blocks: { from: number; count: number; weight: number; covered: number }[] = [];
  const mergeLast = (): void => {
    const last = blocks.pop();
    const before = blocks.at(-1);
    if (last === undefined || before === undefined) return;
    before.count += last.count;
    before.weight += last.weight;
    before.covered += last.covered;
  };
  for (const { value, covered, weight } of shown.toSorted((one, other) => one.value - other.value)) {
    const last = blocks.at(-1);
    const own = covered ? weight : 0;
    if (last !== undefined && last.count < least) {
      last.count += 1;
      last.weight += weight;
      last.covered += own;
    } else blocks.push({ from: value, count: 1, weight, covered: own });
  }
  if (blocks.length > 1 && (blocks.at(-1)?.count ?? 0) < least) mergeLast();
  for (let at = 1; at < blocks.length; at++) {
    const [before, here] = [blocks[at - 1], blocks[at]];
    if (before === undefined || here === undefined) break;
    if (here.covered / here.weight > before.covered / before.weight) continue;
    blocks.splice(at - 1, 2, {
      from: before.from,
      count: before.count + here.count,
      weight: before.weight + here.weight,
      covered: before.covered + here.covered,
    });
    at = Math.max(0, at - 2);
  }
  return blocks.map((block, at) => ({
    from: at === 0 ? from : Math.round(1000 * block.from) / 1000,
    share: Math.round((1000 * block.covered) / block.weight) / 1000,
  }));
}

export function shareAt(steps: readonly ConfidenceStep[], value: number): number | undefined {
  return steps.findLast(({ from }) => value >= from)?.share;
}
