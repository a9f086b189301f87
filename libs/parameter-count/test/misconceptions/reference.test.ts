import { describe, expect, it } from '@jest/globals';
import {
  difference,
  evaluate,
  evaluateInteger,
  floor,
  literal,
  part,
  product,
  quantity,
  quotient,
  sum,
  type Formula,
  type Role,
} from '@tensormark/network';
import {
  explain,
  PYTORCH,
  questionOfNode,
  sentenceFor,
  surroundingsOf,
  type CountedNode,
  type Question,
  type Reference,
} from '../../src/index.js';
import { idsFor, network } from './layers.js';

/** A graph of numbers in which each names those that it rests on: by value, or written out where it is a step. */
class Graph {
  readonly nodes = new Map<string, CountedNode>();

  add(id: string, measure: CountedNode['measure'], formula: Formula): void {
    const of = id.slice(0, id.lastIndexOf('/'));
    const value = evaluate(formula);
    this.nodes.set(id, { id, of, measure, formula, value, names: [], words: [], otherRoutes: [] });
  }

  /** Stands for another layer's number. */
  value(id: string, role: Role): Formula {
    return part(id, quantity(role, evaluateInteger(this.formula(id))));
  }

  /** Stands for a step of the same layer. */
  step(id: string): Formula {
    return part(id, this.formula(id));
  }

  private formula(id: string): Formula {
    const node = this.nodes.get(id);
    if (node === undefined) throw new Error(id);
    return node.formula;
  }

  get reference(): Reference {
    return { convention: PYTORCH, nodes: this.nodes, asked: new Map(), besides: new Set(), names: new Map() };
  }
}

const one = literal(1);
const slid = (size: Formula, kernel: number, stride: number): Formula =>
  sum(floor(quotient(difference(size, quantity('kernel_height', kernel)), quantity('stride', stride))), one);

/** One convolution of 20 filters of 5 × 5 on 28 × 28, a pooling by 2, and a layer of 50 units: 500 … */
function small(): Reference {
  const graph = new Graph();
  graph.add('conv/height', 'size', slid(quantity('in_height', 28), 5, 1));
  graph.add('pool/height', 'size', slid(graph.value('conv/height', 'in_height'), 2, 2));
  graph.add(
    'flat/features',
    'size',
    product(
      quantity('channels', 20),
      graph.value('pool/height', 'out_height'),
      graph.value('pool/height', 'out_width'),
    ),
  );
  graph.add(
    'conv/weights-per-filter',
    'step',
    product(quantity('in_channels', 1), quantity('kernel_height', 5), quantity('kernel_width', 5)),
  );
  graph.add(
    'conv/parameters-per-filter',
    'step',
    sum(graph.step('conv/weights-per-filter'), quantity('bias', 1)),
  );
  graph.add(
    'conv/parameters',
    'parameters',
    product(quantity('out_channels', 20), graph.step('conv/parameters-per-filter')),
  );
  graph.add(
    'fc/parameters-per-unit',
    'step',
    sum(graph.value('flat/features', 'in_features'), quantity('bias', 1)),
  );
  graph.add(
    'fc/parameters',
    'parameters',
    product(quantity('out_features', 50), graph.step('fc/parameters-per-unit')),
  );
  graph.add(
    '/parameters',
    'parameters',
    sum(graph.value('conv/parameters', 'num_parameters'), graph.value('fc/parameters', 'num_parameters')),
  );
  graph.add(
    'conv/multiply-accumulates',
    'multiply-accumulates',
    product(
      quantity('channels', 20),
      graph.value('conv/height', 'out_height'),
      graph.value('conv/height', 'out_width'),
      part(
        'conv/work-per-output',
        product(quantity('in_channels', 1), quantity('kernel_height', 5), quantity('kernel_width', 5)),
      ),
    ),
  );
  return graph.reference;
}

const NETWORK = network(
  [1, 28, 28],
  [
    { Conv2d: { name: 'conv', out_channels: 20, kernel_size: 5 } },
    { MaxPool2d: { name: 'pool', kernel_size: 2 } },
    { Flatten: { name: 'flat' } },
    { Linear: { name: 'fc', out_features: 50 } },
  ],
);
const surroundings = surroundingsOf(NETWORK);
const REFERENCE = small();

function questionAt(id: string, given?: ReadonlyMap<string, Formula>): Question {
  const question = questionOfNode(
    REFERENCE,
    id,
    given === undefined ? { surroundings } : { surroundings, given },
  );
  if (question === undefined) throw new Error(id);
  return question;
}

describe('errors behind a number that rests on others', () => {
  it.each<[string, string, number, readonly string[]]>([
    ['a-step-of-the-same-layer', 'conv/parameters', 20 * (5 + 1), ['kernel-not-squared']],
    ['a-size-before-the-pooling', 'fc/parameters', 50 * (20 * 24 * 24 + 1), ['size-unchanged']],
    ['a-size-without-its-one', 'fc/parameters', 50 * (20 * 11 * 11 + 1), ['one-not-added']],
    ['a-pooling-without-its-stride', 'fc/parameters', 50 * (20 * 23 * 23 + 1), ['stride-forgotten']],
    ['flattened-without-channels', 'fc/parameters', 50 * (12 * 12 + 1), ['flatten-without-channels']],
    ['the-same-in-the-total', '/parameters', 520 + 50 * (12 * 12 + 1), ['flatten-without-channels']],
    ['a-bias-in-the-total', '/parameters', 500 + 50 * 2880, ['bias-forgotten']],
    ['weights-at-every-place', 'conv/parameters', 520 * 24 * 24, ['output-size-in-parameters']],
    ['work-at-one-place', 'conv/multiply-accumulates', 500, ['places-left-out-of-work']],
    ['work-of-one-filter', 'conv/multiply-accumulates', 24 * 24 * 25, ['output-channels-forgotten']],
    [
      'work-at-the-places-of-the-input',
      'conv/multiply-accumulates',
      20 * 28 * 28 * 25,
      ['input-places-for-work', 'size-unchanged'],
    ],
    ['twice-the-work', 'conv/multiply-accumulates', 2 * 20 * 24 * 24 * 25, ['two-operations-each']],
    ['work-with-its-bias', 'conv/multiply-accumulates', 20 * 24 * 24 * 26, ['bias-as-work']],
  ])('%s', (_, id, wrong, ids) => {
    expect(idsFor(questionAt(id), wrong).toSorted()).toEqual([...ids].toSorted());
  });

  it('says-in-which-layer', () => {
    const found = explain(questionAt('fc/parameters'), {
      value: { numerator: BigInt(50 * (20 * 24 * 24 + 1)), denominator: 1n },
    });
    expect(sentenceFor('576,050', found)).toBe(
      '576,050 is what comes out where the size is taken to stay as it is in pool.',
    );
  });

  it('looks-behind-the-values-that-the-working-gives', () => {
    const given = new Map<string, Formula>([['flat/features', literal(1000)]]);
    expect(idsFor(questionAt('fc/parameters', given), 50 * 1000)).toEqual(['bias-forgotten']);
    expect(idsFor(questionAt('fc/parameters', given), 50 * (12 * 12 + 1))).toEqual([]);
  });

  it('leaves-out-what-would-have-changed-a-number-that-is-right', () => {
    const wrong = { value: { numerator: BigInt(50 * (20 * 24 * 24 + 1)), denominator: 1n } };
    const question = questionAt('fc/parameters');
    expect(explain(question, wrong, ['conv/height', 'conv/parameters'])).toHaveLength(1);
    expect(explain(question, wrong, ['pool/height'])).toEqual([]);
  });

  it('the-same-node-is-the-same-question', () => {
    expect(questionAt('fc/parameters')).toBe(questionAt('fc/parameters'));
  });

  it('a-step-is-a-question-of-its-own', () => {
    expect(idsFor(questionAt('conv/weights-per-filter'), 5)).toEqual(['kernel-not-squared']);
  });

  it('an-expression-of-the-examiner-is-none', () => {
    expect(questionOfNode(REFERENCE, 'softmax')).toBeUndefined();
  });
});
