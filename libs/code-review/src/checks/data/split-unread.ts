import type { Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, functionsAround, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

/**
 * Graphs whose nodes are told apart by masks: the mask of those to learn from is never read, that of the others is, and the
 * loss goes over all.
 */
export function* splitUnread(program: Program): Generator<Found> {
  for (const made of statementsOf(program)) {
    const name = targetsOf(made).find((one) => OF_TRAINING.test(one));
    if (name === undefined || made.kind !== 'Assign') continue;
    const times = program.source.match(new RegExp(String.raw`\b${name}\b`, 'g'))?.length ?? 0;
    const inside = made.value.span.text.match(new RegExp(String.raw`\b${name}\b`, 'g'))?.length ?? 0;
    if (times - inside !== 1) continue;
    const others = ['test', 'val'].map((part) => name.replace('train', part));
    const isTested = nodesOf(program, 'Subscript').some(({ index }) => others.includes(index.span.text));
    const home = functionsAround(program, made.span).at(-1);
    const loss = callsOf(program).find(
      ({ callee, args, span }) =>
        LOSS.test(callee.span.text) &&
        args.length >= 2 &&
        args.slice(0, 2).every(({ kind }) => kind === 'Name') &&
        functionsAround(program, span).at(-1) === home,
    );
    if (!isTested || loss === undefined) continue;
    yield {
      at: loss.span,
      message: `The loss goes over all there are, those to test with too: ${name} is read nowhere.`,
      evidence: [places(['it is made here', made.span])],
    };
  }
}

const OF_TRAINING = /^(train_(mask|idx|index|indices|ids)|(mask|idx|index|ids)_train)$/;
const LOSS = /(^|\.)(criterion|loss_?fn|loss_?func\w*|cross_entropy|nll_loss|loss_fcn)$/i;
