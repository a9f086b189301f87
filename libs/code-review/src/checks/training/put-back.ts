import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { statementsIn, statementsOf } from '../../ask/tree.js';

/** A network in evaluation mode that is put back into training mode where no gradients are kept, and asked there. */
export function* putBackToTraining(program: Program): Generator<Found> {
  if (!/\.eval\(\)/.test(program.source) || !/no_grad|inference_mode/.test(program.source)) return;
  for (const block of statementsOf(program)) {
    if (block.kind !== 'With' || !/^with\s+torch\.(no_grad|inference_mode)\(/.test(block.span.text)) continue;
    const inside = statementsIn(block.body);
    for (const set of inside) {
      const network = /^([\w.]+)\.train\(\s*(True)?\s*\)$/.exec(set.span.text)?.[1];
      if (set.kind !== 'Expr' || network === undefined) continue;
      const isAsked = inside.some(
        ({ kind, span }) =>
          span.start > set.span.end &&
          /^(Assign|AugAssign|Expr|Return)$/.test(kind) &&
          span.text.includes(`${network}(`),
      );
      const before = program.source.slice(Math.max(0, block.span.start - 200), set.span.start);
      if (
        !isAsked ||
        !before.includes(`${network}.eval()`) ||
        /\bbn\b|batch.?norm|dropout|uncertain/i.test(before)
      )
        continue;
      yield {
        at: set.span,
        message: `${network} was put into evaluation mode, and is put back into training mode before it is evaluated.`,
        evidence: [],
      };
    }
  }
}
