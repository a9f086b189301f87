import type { Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { functionsAround, statementsOf, targetsOf } from '../../ask/tree.js';

const SCORE = (below: string): string => `
def f1_of(tp, fp, fn):
    precision = tp / (tp + ${below} + 1e-8)
    recall = tp / (tp + fn + 1e-8)
    return 2 * precision * recall / (precision + recall + 1e-8)
`;

export const twinFigures: Check = {
  id: 'twin-figures',
  title: 'Two figures that are one formula',
  severity: 'warning',
  why: 'A union is what is in one or the other, an intersection what is in both. Precision is the share of what was said to be so, tp / (tp + fp), recall that of what is so, tp / (tp + fn): the same written twice is one of them, and F1 is no more than that.',
  instead: 'Divide by tp + fp for precision, and by tp + fn for recall.',
  needs: 'Two statements of one function that give precision and recall the same quotient, word for word.',
  wrong: [
    `
def iou_of(p, t):
    inter = (p & t).sum().float()
    union = (p & t).sum().float()  # <--
    return inter / (union + 1e-6)
`,
    SCORE('fn').replace('1e-8)\n    recall', '1e-8)  # <--\n    recall'),
  ],
  right: [SCORE('fp')],
  *run(program) {
    yield* sameOfBoth(program);
    if (!/precision/.test(program.source) || !/recall/.test(program.source)) return;
    const named = statementsOf(program).flatMap((one) => {
      const [name = ''] = targetsOf(one);
      return one.kind === 'Assign' &&
        one.targets.length === 1 &&
        one.value.kind === 'BinOp' &&
        one.value.operator === '/'
        ? [{ one, name, text: one.value.span.text.replaceAll(/\s/g, '') }]
        : [];
    });
    for (const first of named) {
      if (!/^(\w+_)?(precision|recall)$/.test(first.name)) continue;
      const other = named.find(
        ({ one, name, text }) =>
          one.span.start > first.one.span.start &&
          text === first.text &&
          name !== first.name &&
          name.replace(/precision|recall/, '') === first.name.replace(/precision|recall/, '') &&
          functionsAround(program, one.span).at(-1) === functionsAround(program, first.one.span).at(-1),
      );
      if (other === undefined || !/tp|true_?pos|inter/i.test(first.text)) continue;
      const precision = first.name.includes('precision') ? first : other;
      const at = /fn|false_?neg/i.test(first.text)
        ? precision.one
        : (precision === first ? other : first).one;
      yield {
        at: at.span,
        message: `${first.name} and ${other.name} are one and the same quotient.`,
        evidence: [places(['here', first.one.span], ['and here', other.one.span])],
      };
    }
  },
};

/** `inter = (p & t).sum()` and `union = (p & t).sum()`. */
function* sameOfBoth(program: Program): Generator<Found> {
  if (!/inter/i.test(program.source) || !/union/i.test(program.source)) return;
  const given = statementsOf(program).filter((one) => one.kind === 'Assign' && one.targets.length === 1);
  for (const union of given) {
    if (union.kind !== 'Assign' || !/^(\w+_)?union$/i.test(targetsOf(union)[0] ?? '')) continue;
    const inter = given.find(
      (one) =>
        one.kind === 'Assign' &&
        /^(\w+_)?inter(section)?$/i.test(targetsOf(one)[0] ?? '') &&
        one.value.kind === 'Call' &&
        one.value.span.text === union.value.span.text &&
        functionsAround(program, one.span).at(-1) === functionsAround(program, union.span).at(-1),
    );
    if (inter === undefined) continue;
    yield {
      at: union.span,
      message: 'The union is counted as the intersection is: their ratio is 1 always.',
      evidence: [places(['the intersection', inter.span])],
    };
  }
}
