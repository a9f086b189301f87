import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { eachNode } from '@tensormark/frameworks';
import { places } from '../../ask/places.js';
import { classesOf, methodOf, statementsIn, targetsOf } from '../../ask/tree.js';
import type { Found } from '../../check.js';

/** Dropout that a network's own class tells to drop for ever: `self.drop(x, training=True)` in `call`. */
export function* fixedInClass(program: Program): Generator<Found> {
  if (!/training\s*=\s*True/.test(program.source)) return;
  for (const definition of classesOf(program)) {
    const [init, call] = [methodOf(definition, '__init__'), methodOf(definition, 'call')];
    if (init === undefined || call === undefined || !isOfKeras(definition)) continue;
    const made = new Map(
      statementsIn(init.body).flatMap((one) =>
        one.kind === 'Assign' && /(^|\.)(Spatial)?Dropout(1D|2D)?\([^()]*\)$/.test(one.value.span.text)
          ? targetsOf(one).map((name) => [name, one.span] as const)
          : [],
      ),
    );
    const found: tree.Call[] = [];
    eachNode(call.body, (node) => {
      if (node.kind === 'Call' && made.has(node.callee.span.text) && isTold(node)) found.push(node);
    });
    for (const { span, callee } of found)
      yield {
        at: span,
        message: `${callee.span.text} drops here whenever the network is asked, in evaluation too.`,
        evidence: [places(['the dropout', made.get(callee.span.text)])],
      };
  }
}

function isOfKeras({ bases }: tree.ClassDefinition): boolean {
  return bases.some(({ span: { text } }) => /(^|\.)(Model|Layer)$/.test(text));
}

function isTold({ keywords }: tree.Call): boolean {
  return keywords.some(({ name, value }) => name === 'training' && value.span.text === 'True');
}
