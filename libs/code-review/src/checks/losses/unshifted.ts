import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

/**
 * Inputs and targets of a model of language that are cut out of one sequence at one place: `data = text[i : i + n]` and
 * `target = text[i : i + n]`.
 */
export function* unshifted(program: Program): Generator<Found> {
  if (!/cross_?entropy|nll_?loss/i.test(program.source)) return;
  if (!/lstm|gru|rnn|transformer|vocab|token|bptt|embed/i.test(program.source)) return;
  const bodies = [program.body, ...nodesOf(program, 'FunctionDef').map(({ body }) => body)];
  const loops = statementsOf(program).flatMap((one) =>
    one.kind === 'For' || one.kind === 'While' ? [one.body] : [],
  );
  for (const body of [...bodies, ...loops]) {
    const cut = body.flatMap((one) => {
      const [name = ''] = targetsOf(one);
      const piece = one.kind === 'Assign' && one.targets.length === 1 ? pieceIn(one.value) : undefined;
      return piece === undefined
        ? []
        : [{ name, at: one.span, piece: piece.span.text.replaceAll(/\s/g, '') }];
    });
    for (const target of cut) {
      if (!TARGETS.test(target.name)) continue;
      const input = cut.find(
        ({ name, piece }) => INPUTS.test(name) && !TARGETS.test(name) && piece === target.piece,
      );
      if (input === undefined) continue;
      yield {
        at: target.at,
        message: `${target.name} is the same piece as ${input.name}: what is to be predicted is what is given.`,
        evidence: [places(['the inputs', input.at])],
      };
    }
  }
}

const TARGETS = /^(\w+_)?(targets?|tgt|trg|labels?|y)(_\w+|\[.*\])?$/i;
const INPUTS = /^(\w+_)?(data|inputs?|inp|src|source|x)(_\w+|\[.*\])?$/i;

/** The slice that is moved, laid out and looked up: `Variable(text[i : i + n].view(-1))`. */
function pieceIn(value: tree.Expression, depth = 0): tree.Subscript | undefined {
  if (depth > 6) return undefined;
  if (value.kind === 'Subscript')
    return /:/.test(value.index.span.text) && /\w/.test(value.index.span.text) ? value : undefined;
  if (value.kind !== 'Call') return undefined;
  const { callee, args } = value;
  if (callee.kind === 'Attribute' && LAID.test(callee.attribute)) return pieceIn(callee.value, depth + 1);
  const [first, ...more] = args;
  return first !== undefined && more.length < 2 && WRAPS.test(callee.span.text)
    ? pieceIn(first, depth + 1)
    : undefined;
}

const LAID =
  /^(view|reshape|flatten|contiguous|to|cuda|long|t|transpose|permute|squeeze|unsqueeze|clone|detach)$/;
const WRAPS =
  /^(Variable|(torch\.)?(tensor|LongTensor|from_numpy|as_tensor)|\w*(char|word|text|token)\w*_?(to_)?(tensor|ids?|indices))$/i;
