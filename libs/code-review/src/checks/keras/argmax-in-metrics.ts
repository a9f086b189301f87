import { argument, eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import { trainedIn } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import type { Found } from '../../check.js';
import { definitionOf } from './own-loss.js';

/** A metric of the program's own that takes the largest of what a network with one output gives. */
export function* argmaxInMetrics(program: Program): Generator<Found> {
  if (!program.source.includes('argmax')) return;
  const said = new Set<tree.FunctionDefinition>();
  for (const { head, compiled } of trainedIn(program)) {
    const metrics = argument(compiled.call.args, 'metrics', 3);
    if (head.units !== 1 || !Array.isArray(metrics)) continue;
    for (const metric of metrics) {
      const definition = definitionOf(program, metric);
      const at = definition && argmaxOfAnswer(definition);
      if (definition === undefined || at === undefined || said.has(definition)) continue;
      said.add(definition);
      yield {
        at,
        message: 'The network has one output: the largest of it is always at place 0.',
        evidence: [
          places(['the last layer', head.layer.span], ['the metric is given here', compiled.moment.span]),
        ],
      };
    }
  }
}

/** `argmax` of the second argument along its last dimension. */
function argmaxOfAnswer({ body, parameters }: tree.FunctionDefinition): Span | undefined {
  const answer = parameters[1]?.name;
  let found: Span | undefined;
  eachNode(body, (node) => {
    if (node.kind !== 'Call' || !/(^|\.)argmax$/.test(node.callee.span.text)) return;
    const [of, axis] = [
      node.args[0],
      node.args[1] ?? node.keywords.find(({ name }) => name === 'axis')?.value,
    ];
    // NumPy's and TensorFlow's own take the first dimension where they are told none.
    const isLast =
      axis === undefined ? /^(K|backend)\./.test(node.callee.span.text) : /^-?1$/.test(axis.span.text);
    if (of?.span.text === answer && isLast) found ??= node.span;
  });
  return found;
}
