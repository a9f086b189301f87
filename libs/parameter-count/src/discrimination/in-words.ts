import { rewrite, type Formula, type Role } from '@tensormark/network';
import type { Question } from '../misconceptions/formula-graph.js';
import type { Misconception } from '../misconceptions/misconception.js';
import { blindSpots, isResolved, merged, type BlindSpot } from './blind-spots.js';

/** Quantities that a question's numbers may be changed in, together where one cannot go without the other. */
const CHANGES: readonly { readonly roles: readonly Role[]; readonly words: string }[] = [
  {
    roles: ['kernel_length', 'kernel_depth', 'kernel_height', 'kernel_width'],
    words: 'another kernel size',
  },
  { roles: ['out_channels'], words: 'another number of output channels' },
  { roles: ['in_channels'], words: 'another number of input channels' },
  { roles: ['hidden_size'], words: 'another hidden size' },
  { roles: ['input_size'], words: 'another input size' },
  { roles: ['out_features'], words: 'another number of outputs' },
  { roles: ['in_features'], words: 'another number of inputs' },
  {
    roles: ['in_length', 'in_depth', 'in_height', 'in_width'],
    words: 'another size of the input',
  },
  { roles: ['stride'], words: 'another stride' },
  { roles: ['padding'], words: 'another padding' },
];

/**
 * The blind spots that other quantities would resolve, with the quantity in words: for a network given as code, which is
 * not rewritten. Quantities are changed in the formulas alone, so this says which kind of number to change, not to what.
 */
export function spotsInWords(
  questions: readonly Question[],
  matters: (misconception: Misconception) => boolean,
): readonly { readonly spot: BlindSpot; readonly words: string }[] {
  let open = blindSpots(questions, matters);
  if (open.length === 0) return [];
  const found: { readonly spot: BlindSpot; readonly words: string }[] = [];
  for (const { roles, words } of CHANGES) {
    if (open.length === 0) break;
    const spots = blindSpots(
      questions.map((question) => withOther(question, roles)),
      matters,
    );
    const resolved = open.filter((spot) => isResolved(spot, spots));
    found.push(...merged(resolved).map((spot) => ({ spot, words })));
    open = open.filter((spot) => !resolved.includes(spot));
  }
  return found;
}

/** The question with other values of some quantities, in its formula and in what its parts stand for. */
function withOther(question: Question, roles: readonly Role[]): Question {
  const known = new Map<Formula, Formula>();
  const changed = (formula: Formula): Formula => {
    const before = known.get(formula);
    if (before !== undefined) return before;
    const after = rewrite(formula, (node) =>
      node.kind === 'quantity' && roles.includes(node.role)
        ? { ...node, value: node.value * 2n + 3n }
        : undefined,
    );
    known.set(formula, after);
    return after;
  };
  return {
    ...question,
    formula: changed(question.formula),
    meaningOf(name, within) {
      const meaning = question.meaningOf(name, within);
      return meaning?.formula === undefined ? meaning : { ...meaning, formula: changed(meaning.formula) };
    },
  };
}
