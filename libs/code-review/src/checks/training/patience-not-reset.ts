import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { questionsIn } from '../../ask/best.js';
import { places } from '../../ask/places.js';
import { statementsIn, targetsOf } from '../../ask/tree.js';
import { LOOP } from './best-kept.js';

/** What counts epochs in a row by its name, and not all that ever were. */
const IN_A_ROW =
  /patien|wait|count|cnt|improv|bad|stale|early|stop|trigger|worse|since|stag|plateau|fail|not?_/i;

const EPOCHS = `
def fit(trainer, train_loader, val_loader, patience):
    best, waited = float('inf'), 0
    for epoch in range(100):
        trainer.run_one_epoch(train_loader)
        score = trainer.run_one_epoch(val_loader, train=False)
        if score < best:
            best = score
        else:
            waited += 1  # <--
        if waited >= patience:
            break
`;

export const patienceNotReset: Check = {
  id: 'patience-not-reset',
  title: 'Epochs without progress are counted over the whole run',
  severity: 'warning',
  why: 'Patience is for epochs in a row: never set back, the count stops a training that still gets better.',
  instead: 'Set the count to 0 where the figure is better.',
  needs:
    'A count that goes up where a figure is not better than the best so far, ends the loop, and is set nowhere else in it.',
  wrong: [
    EPOCHS,
    `${LOOP}
    if score < best:
        best = score
    else:
        waited += 1  # <--
        if waited >= 3:
            break
`,
    `${LOOP}
    improved = score < best
    best = min(score, best)
    if not improved:
        waited += 1  # <--
    if waited > 3:
        break
`,
  ],
  right: [
    `${LOOP}
    if score < best:
        best, waited = score, 0
    else:
        waited += 1
        if waited >= 3:
            break
`,
    `${LOOP.replace('waited', 'halved')}
    if score < best:
        best = score
    else:
        halved += 1
        for group in optimizer.param_groups:
            group['lr'] *= 0.5
        if halved >= 5:
            break
`,
  ],
  *run(program) {
    for (const { loop, asks, best } of questionsIn(program)) {
      const [one, other] = [statementsIn(asks.body), statementsIn(asks.orElse)];
      const [better, worse] = one.some((statement) => targetsOf(statement).includes(best))
        ? [one, other]
        : [other, one];
      if (!better.some((statement) => targetsOf(statement).includes(best))) continue;
      const counts = worse.filter(
        (statement): statement is tree.AugmentedAssign =>
          statement.kind === 'AugAssign' &&
          statement.operator === '+' &&
          /^\w+$/.test(statement.target.span.text) &&
          statement.value.span.text === '1',
      );
      const inside = statementsIn(loop.body);
      const count = counts.find(
        ({ target: { span } }, at) =>
          IN_A_ROW.test(span.text) &&
          !inside.some((one) => one !== counts[at] && targetsOf(one).includes(span.text)),
      );
      if (count === undefined) continue;
      const name = count.target.span.text;
      const ends = inside.find(
        (statement) =>
          statement.kind === 'If' &&
          new RegExp(String.raw`\b${name}\b\s*[>=]`).test(statement.test.span.text) &&
          /\b(break|return|stop\w*\s*=\s*True)/i.test(statement.span.text),
      );
      if (ends === undefined) continue;
      yield {
        at: count.span,
        message: `${name} counts all epochs that were not better, and is not set back by one that is.`,
        evidence: [places(['better', asks.test.span], ['training ends here', ends.span])],
      };
    }
  },
};
