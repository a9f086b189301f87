import type { Formula } from '@tensormark/network';
import { innermost } from '../reference/expand.js';
import type { Measure, Reference } from '../reference/reference.js';
import type { PartMeaning, Question } from './formula-graph.js';
import { calculationOf } from './layer-scope.js';
import type { Surroundings } from './surroundings.js';

/** Parameters of a layer, which are named within it and are no module of their own. */
const WITHIN_A_LAYER = /(?:^|[._])(?:weight|bias)/;

/**
 * A formula of the network room as a question: a part is named with the path of its module, below that of the module
 * that is asked about, or with a parameter's name.
 */
export function questionOf(
  formula: Formula,
  { measure = 'parameters', module = '', surroundings }: QuestionFacts = {},
): Question {
  return {
    formula,
    measure,
    module,
    meaningOf: (name, within) => moduleMeaning(name, within, module),
    ...(surroundings && { surroundings }),
  };
}

interface QuestionFacts {
  readonly measure?: Measure;
  readonly module?: string;
  readonly surroundings?: Surroundings | undefined;
}

function moduleMeaning(name: string, within: PartMeaning, asked: string): PartMeaning | undefined {
  if (WITHIN_A_LAYER.test(name)) return undefined;
  const isModule = within.module === asked || within.module === '' || name.startsWith(`${within.module}.`);
  return isModule ? { module: name, calculation: within.calculation } : undefined;
}

/** What a step is a step towards, by its name: `conv1/work-per-output`, `pool1/jump`. */
function measureOfStep(id: string): Measure {
  const name = id.slice(id.lastIndexOf('/') + 1);
  if (name.startsWith('work')) return 'multiply-accumulates';
  return name.startsWith('jump') ? 'receptive-field' : 'parameters';
}

/** Values of the working that are taken as they are, by node: nothing is looked for behind them. */
export type Given = ReadonlyMap<string, Formula>;

/** Questions about a network, by node: what their errors give is kept with them. */
const KNOWN = new WeakMap<Reference, Map<string, Question>>();

/**
 * A node of a reference as a question: what a part stands for is that node's formula, so that a wrong result on the way
 * is found behind the number that rests on it. Undefined for a node that the examiner wrote an expression for. Without
 * values given, the same reference, node and surroundings give the same question.
 */
export function questionOfNode(
  reference: Reference,
  id: string,
  { surroundings, given }: { readonly surroundings?: Surroundings | undefined; readonly given?: Given } = {},
): Question | undefined {
  if (given !== undefined) return questionAt(reference, id, surroundings, given);
  const questions = KNOWN.get(reference) ?? new Map<string, Question>();
  KNOWN.set(reference, questions);
  const known = questions.get(id);
  if (known !== undefined && known.surroundings === surroundings) return known;
  const made = questionAt(reference, id, surroundings, undefined);
  if (made !== undefined) questions.set(id, made);
  return made;
}

function questionAt(
  reference: Reference,
  id: string,
  surroundings: Surroundings | undefined,
  given: Given | undefined,
): Question | undefined {
  const { nodes } = reference;
  const wrapped = nodes.get(id);
  if (wrapped === undefined || wrapped.measure === 'expression') return undefined;
  const node = innermost(reference, wrapped);
  return {
    formula: node.formula,
    measure: node.measure === 'step' ? measureOfStep(id) : node.measure,
    module: node.of,
    meaningOf(name, within) {
      const part = nodes.get(name);
      if (part === undefined || part.measure === 'expression') return undefined;
      const calculation = part.measure === 'step' ? within.calculation : calculationOf(part.measure);
      return { module: part.of, calculation, formula: given?.get(name) ?? part.formula };
    },
    ...(surroundings && { surroundings }),
  };
}
