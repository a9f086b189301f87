import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

type Assign = Extract<tree.Statement, { kind: 'Assign' }>;

/** Optimisers that keep more of the gradients than a rate. */
const REMEMBERS = /(^|\.)(Adam|AdamW|Adamax|NAdam|RAdam|RMSprop|Adagrad|Adadelta)$/;

interface Remade {
  readonly loop: tree.For;
  readonly name: string;
  readonly at: Assign;
  /** What it has the parameters of. */
  readonly of: string;
  readonly type: string;
}

/** An optimiser with a memory made by every turn of a loop over epochs, of a network that is older, with nothing new about it. */
export function* optimizersEachEpoch(program: Program): Generator<Found> {
  for (const { loop, name, at, of, type } of remadeIn(program)) {
    if (!REMEMBERS.test(type) && !/momentum\s*=\s*(?!0\b)/.test(at.value.span.text)) continue;
    const set = setIn(loop, at);
    const root = of.split('.')[0] ?? of;
    if (set.has(of) || set.has(root) || readsAny(at.value, set)) continue;
    if (/requires_grad|unfreeze|freeze|swa|load_state_dict/i.test(loop.span.text)) continue;
    yield {
      at: at.value.span,
      message: `${name} is made anew by every epoch: what it remembers of the gradients is gone with each.`,
      evidence: [places(['the loop', loop.iterable.span])],
    };
    return;
  }
}

/** A network made by every turn of a loop over epochs, with the optimiser that learns it. */
export function* networksEachEpoch(program: Program): Generator<Found> {
  for (const { loop, at, of } of remadeIn(program)) {
    const made = loop.body.find(
      (one): one is Assign =>
        one.kind === 'Assign' &&
        targetsOf(one).length === 1 &&
        targetsOf(one)[0] === of &&
        one.span.end <= at.span.start,
    );
    const call = made && /(^|[^\w.])((\w+\.)*[A-Z]\w*)\(/.test(made.value.span.text);
    if (made === undefined || call !== true) continue;
    // Set anywhere else, it is told otherwise what it goes on from.
    if (
      /\.load\(|load_state_dict|deepcopy|fold|seed|trial|ensemble|append\(\s*(model|net)/i.test(
        loop.span.text,
      )
    )
      continue;
    yield {
      at: made.value.span,
      message: `${of} is made anew by every turn of the loop over epochs.`,
      evidence: [places(['the loop', loop.iterable.span], ['its optimiser', at.span])],
    };
    return;
  }
}

/** Optimisers that stand in the body of a loop over epochs, under no condition, in which gradients are computed and steps taken. */
function* remadeIn(program: Program): Generator<Remade> {
  if (!/\.backward\(/.test(program.source)) return;
  for (const loop of loopsOf(program)) {
    if (
      loop.kind !== 'For' ||
      !/^\(?\s*(epoch|ep|e|epoch_?(?!s\b)\w*|\w*_epoch)\b/i.test(loop.target.span.text)
    )
      continue;
    if (!/\bepoch/i.test(`${loop.target.span.text} ${loop.iterable.span.text}`)) continue;
    if (!/\.backward\(/.test(loop.span.text)) continue;
    // Of several trainings one after the other, each begins anew.
    if (statementsIn(loop.body).some((one) => one.kind === 'For' && /epoch/i.test(one.target.span.text)))
      continue;
    for (const at of loop.body) {
      const [name = ''] = targetsOf(at);
      if (at.kind !== 'Assign' || at.value.kind !== 'Call' || !/^(self\.)?\w+$/.test(name)) continue;
      const type = at.value.callee.span.text;
      const of = /^([\w.]+)\.parameters\(\)$/.exec(at.value.args[0]?.span.text ?? '')?.[1];
      if (of === undefined || !/^((torch\.)?optim\.)?[A-Z]\w+$/.test(type)) continue;
      if (!loop.span.text.includes(`${name}.step(`)) continue;
      yield { loop, name, at, of, type };
    }
  }
}

/** The names that a loop gives values to, but for one of its statements. */
function setIn(loop: tree.For, but: tree.Statement): ReadonlySet<string> {
  return new Set([
    ...targetsOf(loop),
    ...statementsIn(loop.body)
      .filter((one) => one !== but)
      .flatMap((one) => targetsOf(one)),
  ]);
}

function readsAny(node: tree.Expression, names: ReadonlySet<string>): boolean {
  let reads = false;
  eachNode(node, (one) => {
    reads ||= one.kind === 'Name' && names.has(one.id);
  });
  return reads;
}
