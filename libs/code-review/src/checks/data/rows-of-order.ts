import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { loopsOf, statementsIn } from '../../ask/tree.js';

const ORDER = /perm|order|shuffle|idx|ind(ex|ices)|ids/i;
const LABELS = /(^|[._])(y|labels?|targets?|y_\w+|\w+_y|\w*labels|\w*targets|t)$/i;

/**
 * `rows = order[i : i + 32]` and then `x[rows]` beside `y[i : i + 32]`: the labels of a batch are taken in the order of the data,
 * its examples in one that was drawn.
 */
export function* rowsOfAnotherOrder(program: Program): Generator<Found> {
  if (!/perm|shuffle/.test(program.source)) return;
  for (const loop of loopsOf(program)) {
    for (const drawn of statementsIn(loop.body)) {
      if (drawn.kind !== 'Assign' || drawn.targets.length !== 1 || drawn.value.kind !== 'Subscript') continue;
      const { value: of, index } = drawn.value;
      const [target] = drawn.targets;
      if (target?.kind !== 'Name' || index.kind !== 'Slice' || !ORDER.test(of.span.text)) continue;
      const rows = target.id;
      let examples: Span | undefined;
      const labels: tree.Subscript[] = [];
      const taken = new Set<string>();
      eachNode(loop.body, (node) => {
        if (node.kind !== 'Subscript' || node.value.kind === 'Call') return;
        const text = node.value.span.text;
        if (node.index.span.text === rows) {
          taken.add(text);
          if (!LABELS.test(text)) examples ??= node.span;
        }
        if (node.index.span.text === index.span.text && text !== of.span.text && LABELS.test(text))
          labels.push(node);
      });
      const [label] = labels.filter(({ value }) => !taken.has(value.span.text));
      if (label === undefined || examples === undefined) continue;
      yield {
        at: label.span,
        message: `These are rows ${index.span.text} of ${label.value.span.text}, and the examples beside them those that ${rows} names.`,
        evidence: [places(['the examples', examples], ['their rows', drawn.span])],
      };
      return;
    }
  }
}
