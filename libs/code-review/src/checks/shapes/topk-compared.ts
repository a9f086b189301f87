import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { bodyAround, functionsAround, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

const FIGURE = (labels: string): string => `
def top_five(scores, labels):
    _, places = scores.topk(5, dim=1)
    return (places == ${labels}).any(dim=1).float().mean()
`;

export const topkCompared: Check = {
  id: 'topk-compared',
  title: 'Several places for each example beside one label',
  severity: 'warning',
  why: 'topk gives k places for each example, (N, k), and (N,) labels go with its columns: sizes that are no match, or each label beside those of other examples.',
  instead: 'Give the labels a column of their own: places == labels.unsqueeze(1).',
  needs:
    'A comparison of what topk gave over dimension 1 and a name that nothing in the function lays out otherwise.',
  wrong: [FIGURE('labels').replace('.mean()', '.mean()  # <--')],
  right: [FIGURE('labels.unsqueeze(1)'), FIGURE('labels[:, None]')],
  *run(program) {
    if (!program.source.includes('topk(')) return;
    for (const one of statementsOf(program)) {
      const names = targetsOf(one);
      const taken = names.at(-1) ?? '';
      if (one.kind !== 'Assign' || names.length !== 2 || !/^\w+$/.test(taken)) continue;
      if (!/\btopk\(.*(\bdim\s*=\s*(1|-1)|,\s*(1|-1))[,)]/.test(one.value.span.text)) continue;
      const home = functionsAround(program, one.span).at(-1);
      const body = bodyAround(program, one.span);
      if (home === undefined || body.filter((other) => targetsOf(other).includes(taken)).length !== 1)
        continue;
      const compared = nodesOf(program, 'Compare').find(
        ({ operators, left, comparators, span }) =>
          operators.length === 1 &&
          operators[0] === '==' &&
          left.span.text === taken &&
          comparators[0]?.kind === 'Name' &&
          span.start > one.span.end &&
          functionsAround(program, span).at(-1) === home,
      );
      const labels = compared?.comparators[0]?.span.text ?? '';
      // Given a column before, here or by whoever calls it.
      if (
        compared === undefined ||
        new RegExp(String.raw`\b${labels}(\s*=|\.(un)?squeeze|\.view|\.reshape|\[)`).test(home.span.text)
      )
        continue;
      yield {
        at: compared.span,
        message: `${taken} has several places for each example, and ${labels} one label.`,
        evidence: [places(['they come from here', one.span])],
      };
    }
  },
};
