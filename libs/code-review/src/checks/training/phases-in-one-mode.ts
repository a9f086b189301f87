import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { modeDependent } from '../../ask/modes.js';
import { places } from '../../ask/places.js';
import { nodesOf, statementsIn } from '../../ask/tree.js';

/** `for phase in ('train', 'val'):`, of which the first learns and the second measures, and nothing in the file knows of two modes. */
export function* phasesInOneMode(program: Program): Generator<Found> {
  const code = program.source.replaceAll(/#[^\n]*/g, '');
  if (/\.eval\s*\(|\.train\s*\(|\btraining\s*=|\.training\b|set_mode|monte|uncertain/i.test(code)) return;
  const dependent = program.modules
    .filter(({ isNative, parents }) => !isNative && parents.length === 0)
    .map((module) => modeDependent(program, module))
    .find((layer) => layer !== undefined);
  if (dependent === undefined) return;
  for (const loop of nodesOf(program, 'For')) {
    if (!isOfPhases(loop) || !isLearnedInOne(loop)) continue;
    const asked = statementsIn(loop.body).find(
      (one) => one.kind === 'Assign' && /=\s*(self\.)?(model|net|network)\w*\(/.test(one.span.text),
    );
    if (asked === undefined) continue;
    yield {
      at: asked.span,
      message: `The network is measured in training mode too: its ${dependent.type} layers act as in training.`,
      evidence: [places(['the phases', loop.iterable.span], [`a ${dependent.type} layer`, dependent.span])],
    };
    return;
  }
}

function isOfPhases({ iterable }: tree.For): boolean {
  return (
    (iterable.kind === 'Tuple' || iterable.kind === 'List') &&
    /^[([]?\s*['"]train\w*['"]\s*,\s*['"](val|valid|validation|test|eval)\w*['"]/i.test(iterable.span.text)
  );
}

/** Whether gradients are taken only where the phase is the first. */
function isLearnedInOne({ target, body }: tree.For): boolean {
  const phase = target.span.text;
  return statementsIn(body).some(
    (one) =>
      one.kind === 'If' &&
      new RegExp(String.raw`^if\s*\(?\s*${phase}\s*==\s*['"]train\w*['"]`).test(one.span.text) &&
      statementsIn(one.body).some(({ span }) => /\.backward\s*\(/.test(span.text)),
  );
}
