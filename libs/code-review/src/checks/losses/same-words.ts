import { isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { comesOf, eachAncestor } from '../../ask/ancestry.js';
import { lossesNamed } from '../../ask/losses.js';
import { places } from '../../ask/places.js';

const LAID_OUT = /^(view|reshape|flatten|contiguous|to|cuda|long|squeeze)$/;

/** Words that a recurrent network reads from left to right and is to say itself, each at its own place. */
export function* sameWords(program: Program): Generator<Found> {
  if (!program.source.includes('Embedding') || !/\b(LSTM|GRU|RNN)\(/.test(program.source)) return;
  for (const { input, target, moment } of lossesNamed(program, 'cross_entropy', 'nll_loss')) {
    if (input === undefined || !isValue(target) || moment.span === undefined) continue;
    const words = plain(target);
    if (!isReadInOrder(input, words)) continue;
    yield {
      at: moment.span,
      message:
        'Each word is to be said where it is read: the targets are the inputs, and not the words after them.',
      evidence: [places(['the words', words.span])],
    };
    return;
  }
}

function plain(value: Value): Value {
  let current = value;
  for (
    let depth = 0;
    depth < 6 && current.made.kind === 'operation' && LAID_OUT.test(current.made.name);
    depth++
  )
    current = current.inputs[0] ?? current;
  return current;
}

/** Whether scores come of one recurrent layer in one direction, and that of the words as they are looked up. */
function isReadInOrder(scores: Value, words: Value): boolean {
  const recurrent: Value[] = [];
  let isLookedUp = false;
  let isOther = false;
  eachAncestor(scores, (value) => {
    if (value.made.kind !== 'layer') return true;
    const { name, module } = value.made;
    if (/^(LSTM|GRU|RNN)$/.test(name)) {
      recurrent.push(value);
      isOther ||= module.layer?.config['bidirectional'] === true;
    } else if (name === 'Embedding') isLookedUp ||= value.inputs.some((one) => plain(one) === words);
    else if (!/^(Linear|Dropout|LayerNorm)$/.test(name)) isOther = true;
    return true;
  });
  const modules = new Set(recurrent.map(({ made }) => (made.kind === 'layer' ? made.module : undefined)));
  return isLookedUp && !isOther && modules.size === 1 && comesOf(scores, (value) => value === words);
}
