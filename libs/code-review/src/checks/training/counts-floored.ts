import type { Check } from '../../check.js';
import { nodesOf, statementsOf } from '../../ask/tree.js';
import { functionAt } from '../../ask/written-kinds.js';

const SCORE = (score: string): string => `
def score(net, loader):
    correct, total = 0, 0
    for x, y in loader:
        predicted = net(x).argmax(1)
        correct += (predicted == y).sum().item()
        total += y.size(0)
    return ${score}
`;

export const countsFloored: Check = {
  id: 'counts-floored',
  title: 'A share of right answers in whole numbers',
  severity: 'warning',
  why: '// leaves out what stands behind the point, so that a share is 0 unless everything was right.',
  instead: 'Divide with /: correct / total.',
  needs: 'What counts right answers, added up in a loop, divided by // as it is.',
  wrong: [SCORE('correct // total  # <--'), SCORE('100 * (correct // total)  # <--')],
  right: [SCORE('correct / total'), SCORE('100 * correct // total')],
  *run(program) {
    for (const node of nodesOf(program, 'BinOp')) {
      const { left, right, operator, span } = node;
      if (operator !== '//' || left.kind !== 'Name' || right.kind === 'Constant') continue;
      if (!/^(\w+_)?(correct|corrects|right|hits)(_\w+)?$/i.test(left.id)) continue;
      const scope = functionAt(program, span);
      const isCounted = statementsOf(program).some(
        (one) =>
          one.kind === 'AugAssign' &&
          one.operator === '+' &&
          one.target.span.text === left.id &&
          /sum\(|==|eq\(/.test(one.value.span.text) &&
          functionAt(program, one.span) === scope,
      );
      const isTurned = statementsOf(program).some(
        (one) => one.kind === 'AugAssign' && one.operator === '*' && one.target.span.text === left.id,
      );
      if (!isCounted || isTurned) continue;
      yield {
        at: span,
        message: `${span.text} is a whole number: 0 unless everything counted was right.`,
        evidence: [],
      };
    }
  },
};
