import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { isOfTesting, isOfTraining } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { functionsAround, statementsOf, targetsOf } from '../../ask/tree.js';

interface Piece {
  readonly one: tree.Assign;
  readonly name: string;
  readonly of: string;
  readonly from: number;
  readonly to: number;
}

/** What by its name is an order of examples: parts of a series may lap over, for what comes before each. */
const ORDER = /(^|_)(idxs?|ind(ex|ices|exes|s)?|ids|perm(utation)?|order|shuffled)(_|\d|$)/i;

/** `train, test = order[:40], order[20:]`, `Subset(data, range(256))` and `Subset(data, range(200, 320))`: some are in both parts. */
export function* partsOverlapping(program: Program): Generator<Found> {
  const pieces = statementsOf(program).flatMap((one) => (one.kind === 'Assign' ? piecesOf(one) : []));
  for (const tested of pieces) {
    if (!isOfTesting(tested.name)) continue;
    const home = functionsAround(program, tested.one.span).at(-1);
    const learned = pieces.find(
      (piece) =>
        isOfTraining(piece.name) &&
        piece.of === tested.of &&
        Math.max(piece.from, tested.from) < Math.min(piece.to, tested.to) &&
        functionsAround(program, piece.one.span).at(-1) === home,
    );
    // All of it for both: the whole is meant to be used twice, or there is nothing else.
    if (learned === undefined || (learned.from === tested.from && learned.to === tested.to)) continue;
    yield {
      at: tested.one.span,
      message: `${tested.name} and ${learned.name} have some of ${tested.of} in common.`,
      evidence: [places(['the part to learn from', learned.one.span])],
    };
  }
}

function piecesOf(one: tree.Assign): Piece[] {
  const names = targetsOf(one);
  const values = one.value.kind === 'Tuple' ? one.value.items : [one.value];
  if (names.length !== values.length) return [];
  return values.flatMap((value, at): Piece[] => {
    const name = names[at] ?? '';
    if (value.kind === 'Subscript' && value.index.kind === 'Slice' && ORDER.test(value.value.span.text)) {
      const { lower, upper, step } = value.index;
      const [from, to] = [numberIn(lower, 0), numberIn(upper, Infinity)];
      const isKnown = step === undefined && from !== undefined && to !== undefined;
      return isKnown ? [{ one, name, of: value.value.span.text, from, to }] : [];
    }
    if (value.kind !== 'Call' || !/(^|\.)Subset$/.test(value.callee.span.text)) return [];
    const [data, range] = value.args;
    if (range?.kind !== 'Call' || range.callee.span.text !== 'range' || range.args.length > 2) return [];
    const [first, second] = range.args;
    const from = second === undefined ? 0 : numberIn(first, 0);
    const to = numberIn(second ?? first, Infinity);
    return data !== undefined && from !== undefined && to !== undefined
      ? [{ one, name, of: data.span.text, from, to }]
      : [];
  });
}

function numberIn(node: tree.Expression | undefined, without: number): number | undefined {
  if (node === undefined) return without;
  return /^\d+$/.test(node.span.text) ? Number(node.span.text) : undefined;
}
