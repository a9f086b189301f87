import type { Program } from '@tensormark/frameworks';
import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { callsOf, statementsOf, targetsOf } from '../../ask/tree.js';

/** A network that is told that it is not training, in the tape that its own variables learn from. */
export function* toldToTest(program: Program, recorded: tree.With, differs: RegExp): Generator<Found> {
  if (!differs.test(program.source) || /applications|\.trainable\s*=\s*False|hub\./.test(program.source))
    return;
  const calls: tree.Call[] = [];
  eachNode(recorded.body, (node) => {
    if (node.kind === 'Call' && /^[\w.]+$/.test(node.callee.span.text)) calls.push(node);
  });
  const told = (call: tree.Call): string | undefined =>
    call.keywords.find(({ name }) => name === 'training')?.value.span.text;
  const learned = sourcesOf(program, recorded);
  for (const call of calls) {
    const name = call.callee.span.text;
    if (told(call) !== 'False') continue;
    if (calls.some((other) => other.callee.span.text === name && told(other) === 'True')) continue;
    if (!learned.some((text) => /^trainable_(variables|weights)/.test(after(text, `${name}.`)))) continue;
    yield {
      at: call.span,
      message: 'The network learns from this call, and is told that it is not training.',
      evidence: [],
    };
  }
}

/** What stands in a text after a piece of it that begins a name. */
function after(text: string, piece: string): string {
  const at = text.indexOf(piece);
  return at === -1 || /[\w.]$/.test(text.slice(0, at)) ? '' : text.slice(at + piece.length);
}

/** By what gradients are asked of the tapes before their names are given to others: as it is written, or as a name is given it. */
function sourcesOf(program: Program, recorded: tree.With): string[] {
  return recorded.items.flatMap(({ target }) =>
    target === undefined ? [] : askedOf(program, recorded, target),
  );
}

function askedOf(program: Program, recorded: tree.With, { span: { text: tape } }: tree.Expression): string[] {
  const next = statementsOf(program).find(
    (one) =>
      one.kind === 'With' &&
      one.span.start > recorded.span.start &&
      one.items.some(({ target }) => target?.span.text === tape),
  );
  return callsOf(program)
    .filter(
      ({ callee, span }) =>
        callee.span.text === `${tape}.gradient` &&
        span.start > recorded.span.start &&
        span.start < (next?.span.start ?? Infinity),
    )
    .flatMap(({ args, keywords }) => {
      const sources = args[1] ?? keywords.find(({ name }) => name === 'sources')?.value;
      if (sources === undefined) return [];
      const makings = statementsOf(program).flatMap((one) =>
        one.kind === 'Assign' && targetsOf(one).includes(sources.span.text) ? [one.value.span.text] : [],
      );
      return sources.kind === 'Name' && makings.length === 1 ? makings : [sources.span.text];
    });
}
