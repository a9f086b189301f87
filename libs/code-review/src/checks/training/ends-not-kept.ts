import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, statementsOf } from '../../ask/tree.js';
import { isDiscount, partsOf } from './value-targets.js';

const STATE = /^(self\.)?(last_|cur\w*_|prev\w*_)?(s|obs|state|observation)$/i;
const NEXT =
  /^(self\.)?((next|new)_?(s|obs|state|observation)|(s|obs|state|observation)_?(_|2|n|next|new|prime)|s1)$/i;
const REWARD = /^(r|rew|reward)$/i;

/**
 * Steps that are remembered without whether the episode ended there: state, action, reward and next state are all that is
 * kept of `env.step`, and targets go on beyond the end.
 */
export function* endsNotKept(program: Program): Generator<Found> {
  const { source } = program;
  yield* endsOfSampleUnread(program);
  if (!/\.step\(/.test(source) || !/\b(done|terminated)\b/.test(source) || !/gamma|discount/i.test(source))
    return;
  // The end may be told by there being no next state, or be the clock's.
  if (/is not None|is None|= None|Pendulum|truncat|non_final|not_done|mask/i.test(source)) return;
  const kept = keptSteps(program);
  if (kept === undefined) return;
  for (const goal of statementsOf(program)) {
    if (goal.kind !== 'Assign') continue;
    const terms = partsOf(goal.value, '+');
    const isReward = terms.some(({ span }) => /^\w*(r|rew|reward)s?(_\w+)?$/i.test(span.text));
    const isNext = terms.some((term) => {
      const factors = partsOf(term, '*');
      return factors.length === 2 && factors.some(isDiscount);
    });
    if (terms.length !== 2 || !isReward || !isNext) continue;
    yield {
      at: goal.span,
      message: 'Whether the episode ended is not kept with the step: this goes on beyond terminal states.',
      evidence: [places(['the step is kept here', kept.span])],
    };
    return;
  }
}

/** The call that keeps a step of four parts; undefined where another keeps more. */
function keptSteps(program: Program): tree.Call | undefined {
  let found: tree.Call | undefined;
  for (const node of callsOf(program)) {
    if (node.callee.kind !== 'Attribute') continue;
    if (!/^(add|push|append|store|remember|save|store_transition|put|insert)$/.test(node.callee.attribute))
      continue;
    const [only] = node.args;
    const parts =
      node.args.length === 1 && (only?.kind === 'Tuple' || only?.kind === 'List') ? only.items : node.args;
    const texts = parts.map(({ span }) => span.text);
    const has = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
    if (parts.length === 4 && has(REWARD) && has(NEXT) && has(STATE) && !has(/done|term|end|mask/i))
      found ??= node;
  }
  return found;
}

/** `batch.rewards + gamma * values` of a drawn batch whose `dones` are read nowhere, though they are kept with each step. */
function* endsOfSampleUnread(program: Program): Generator<Found> {
  const code = program.source.replaceAll(/#.*/g, '');
  if (
    !/\.add\([^\n]*\b(dones?|terminations?|terminated)\b/.test(code) ||
    /\.(dones|terminations|masks?|not_dones?)\b/.test(code)
  )
    return;
  for (const goal of statementsOf(program)) {
    if (goal.kind !== 'Assign') continue;
    const terms = partsOf(goal.value, '+');
    const isReward = terms.some(({ span }) => /^\w+\.rewards(\.\w+\(.*\))?$/.test(span.text));
    const isNext = terms.some((term) => partsOf(term, '*').some(isDiscount));
    if (terms.length !== 2 || !isReward || !isNext) continue;
    yield {
      at: goal.span,
      message:
        'Whether the episode ended is kept with each step, and read nowhere: this goes on beyond terminal states.',
      evidence: [],
    };
    return;
  }
}
