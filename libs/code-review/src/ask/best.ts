import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { loopsOf, statementsIn, targetsOf } from './tree.js';

export type Loop = tree.For | tree.While;

/** What the best figure so far is called. */
export const BEST =
  /best|better|lowest|highest|(^|_)(min|max)_?(val|valid|test|loss|acc|score|f1|dice|m?iou)|(loss|acc|accuracy|score|f1|dice|iou|val)_?(min|max)$/i;

const ORDER = /^[<>]=?$/;

/** The best so far that a condition compares with, as it is written. */
export function bestAsked(test: tree.Expression): string | undefined {
  let found: string | undefined;
  eachNode(test, (node) => {
    if (node.kind !== 'Compare' || node.operators.length !== 1 || !ORDER.test(node.operators[0] ?? ''))
      return;
    for (const side of [node.left, node.comparators[0]])
      if ((side?.kind === 'Name' || side?.kind === 'Attribute') && BEST.test(lastName(side)))
        found ??= side.span.text;
  });
  return found;
}

function lastName(node: tree.Name | tree.Attribute): string {
  return node.kind === 'Name' ? node.id : node.attribute;
}

/** Whether a loop takes steps, or calls what by its name trains. */
export function trains(loop: Loop): boolean {
  return /\.step\s*\(|\btrain\w*\s*\(|\bfit\w*\s*\(|\b(run|do|one)_\w*epoch\w*\s*\(/.test(loop.span.text);
}

/** The conditions of a loop that ask for the best so far, with the loop. */
export function* questionsIn(program: Program): Generator<{ loop: Loop; asks: tree.If; best: string }> {
  const seen = new Set<number>();
  for (const loop of loopsOf(program)) {
    if (!trains(loop)) continue;
    for (const statement of statementsIn(loop.body)) {
      if (statement.kind !== 'If' || seen.has(statement.span.start)) continue;
      const best = bestAsked(statement.test);
      if (best === undefined) continue;
      seen.add(statement.span.start);
      yield { loop, asks: statement, best };
    }
  }
}

export interface Comparing {
  readonly loop: Loop;
  readonly at: Span;
  /** What is done where the new figure is better. */
  readonly does: string;
  readonly best: string;
}

export function asked({ loop, asks, best }: { loop: Loop; asks: tree.If; best: string }): Comparing {
  return { loop, at: asks.test.span, does: asks.body.map(({ span }) => span.text).join('\n'), best };
}

/** `is_best = score > best`, with what is done in the loop after. */
export function answersKept(program: Program): Comparing[] {
  if (!/\b(is|new)_?best\w*\s*=/.test(program.source)) return [];
  return loopsOf(program)
    .filter(trains)
    .flatMap((loop) =>
      statementsIn(loop.body).flatMap((one) => {
        const [name = ''] = targetsOf(one);
        if (one.kind !== 'Assign' || !/^(is|new)_?best\w*$/.test(name)) return [];
        const best = bestAsked(one.value);
        return best === undefined
          ? []
          : [{ loop, at: one.span, does: program.source.slice(one.span.end, loop.span.end), best }];
      }),
    );
}
