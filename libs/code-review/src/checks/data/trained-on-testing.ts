import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { goneOver, isOfTesting, isOfTraining } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { functionsAround, loopsOf, statementsOf, targetsOf } from '../../ask/tree.js';

/** `train_data, val_data = data, data[n:]`: the part to test with lies within what is learned from. */
export function* partsWithin(program: Program): Generator<Found> {
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Assign' || one.value.kind !== 'Tuple' || one.value.items.length !== 2) continue;
    const [training = '', testing = ''] = targetsOf(one);
    const [whole, part] = one.value.items;
    if (!isOfTraining(training) || !isOfTesting(testing) || whole?.kind !== 'Name') continue;
    if (part?.kind !== 'Subscript' || part.value.span.text !== whole.id || part.index.kind !== 'Slice')
      continue;
    yield {
      at: one.span,
      message: `${training} is all of ${whole.id}, and ${testing} a part of it.`,
      evidence: [],
    };
  }
}

/** `train = order[:n]` and `test = order[:m]`: both begin where the whole begins. */
export function* partsFromOneStart(program: Program): Generator<Found> {
  const starts = statementsOf(program).flatMap((one) => {
    if (one.kind !== 'Assign' || one.targets.length !== 1) return [];
    const names = targetsOf(one);
    const values = one.value.kind === 'Tuple' ? one.value.items : [one.value];
    return values.flatMap((value, at) => {
      const name = names[at];
      if (name === undefined || value.kind !== 'Subscript' || value.index.kind !== 'Slice') return [];
      const { lower, upper, step } = value.index;
      const isFromStart = (lower === undefined || lower.span.text === '0') && step === undefined;
      return isFromStart && upper !== undefined && !upper.span.text.startsWith('-')
        ? [{ one, name, of: value.value.span.text, home: functionsAround(program, one.span).at(-1) }]
        : [];
    });
  });
  for (const tested of starts) {
    if (!isOfTesting(tested.name)) continue;
    const learned = starts.find(
      ({ name, of, home }) => of === tested.of && home === tested.home && isOfTraining(name),
    );
    if (learned === undefined) continue;
    const [from, to] = [learned.one, tested.one].toSorted((a, b) => a.span.start - b.span.start);
    const isBoundBetween = statementsOf(program).some(
      (one) =>
        targetsOf(one).includes(tested.of) &&
        one.span.start > (from?.span.end ?? 0) &&
        one.span.end < (to?.span.start ?? 0),
    );
    if (isBoundBetween) continue;
    yield {
      at: tested.one.span,
      message: `${tested.name} begins where ${learned.name} does: it is made of the same of ${tested.of}.`,
      evidence: [places(['the part to learn from', learned.one.span])],
    };
  }
}

interface Made {
  readonly statement: tree.Statement;
  readonly name: string;
  readonly over: tree.Expression;
}

/** Loaders that are made with no sampler. */
function loadersIn(program: Program): Made[] {
  return statementsOf(program).flatMap((statement) => {
    if (statement.kind !== 'Assign' || statement.value.kind !== 'Call') return [];
    const { callee, args, keywords } = statement.value;
    const over = args[0] ?? keywords.find(({ name }) => name === 'dataset')?.value;
    const [name = ''] = targetsOf(statement);
    const isPicked = keywords.some(({ name: word }) => word === undefined || /sampler/.test(word));
    return /(^|\.)DataLoader$/.test(callee.span.text) && over !== undefined && !isPicked
      ? [{ statement, name, over }]
      : [];
  });
}

/**
 * `val_loader = DataLoader(Words(texts, labels))`, just as the loader to train with is made, where a function was handed
 * `val_texts` that nothing reads.
 */
export function* madeAlike(program: Program): Generator<Found> {
  const loaders = loadersIn(program);
  for (const { statement, name, over } of loaders) {
    if (!isOfTesting(name) || over.kind !== 'Call' || over.args.length === 0) continue;
    const text = over.span.text.replaceAll(/\s/g, '');
    const other = loaders.find(
      (one) => isOfTraining(one.name) && one.over.span.text.replaceAll(/\s/g, '') === text,
    );
    if (other === undefined) continue;
    const unread = unreadNames(program).find((given) =>
      over.args.some(({ span }) => given.replace(/^(val|valid|test)_?/, '') === span.text),
    );
    if (unread === undefined) continue;
    yield {
      at: statement.span,
      message: `${name} goes over the examples to learn from, and nothing reads ${unread}.`,
      evidence: [places(['the loader to train with', other.statement.span])],
    };
  }
}

/** Arguments of functions that are called ones of testing and are read nowhere. */
function unreadNames(program: Program): readonly string[] {
  const given = statementsOf(program).flatMap((one) =>
    one.kind === 'FunctionDef'
      ? one.parameters.flatMap(({ name }) => (/^(val|valid|test)_\w+$/.test(name) ? [{ name, one }] : []))
      : [],
  );
  return given.flatMap(({ name, one }) => {
    let reads = 0;
    eachNode(one.body, (node) => {
      if (node.kind === 'Name' && node.id === name) reads++;
    });
    return reads === 0 ? [name] : [];
  });
}

/** A loop that learns from `DataLoader(TensorDataset(X_test, y_test))`, where the file has an `X_train` too. */
export function* learnedFromTesting(program: Program): Generator<Found> {
  const names = new Set(statementsOf(program).flatMap(targetsOf));
  for (const { statement, name, over } of loadersIn(program)) {
    if (over.kind !== 'Call' || !/(^|\.)TensorDataset$/.test(over.callee.span.text)) continue;
    const given = over.args.map(({ span }) => span.text);
    if (given.length < 2 || isOfTesting(name) || !given.every((one) => /^\w+_(test|val)$/.test(one)))
      continue;
    if (!given.every((one) => names.has(one.replace(/_(test|val)$/, '_train')))) continue;
    const loop = loopsOf(program).find(
      (one) =>
        one.kind === 'For' && goneOver(one.iterable).span.text === name && /\.backward\(/.test(one.span.text),
    );
    if (loop === undefined) continue;
    yield {
      at: statement.span,
      message: `The network learns from ${given.join(' and ')}, which are kept to test with.`,
      evidence: [places(['it learns here', loop.span])],
    };
  }
}

/** `loss = nll_loss(output, labels)` of all nodes of a graph, where other figures pick `output[idx_train]` and `output[idx_val]` out. */
export function* learnedUnmasked(program: Program): Generator<Found> {
  if (!/\w*train\w*\]/.test(program.source)) return;
  const picked = new Map<string, Set<string>>();
  eachNode(program.body, (node) => {
    if (node.kind !== 'Subscript') return;
    const index = node.index.span.text;
    if (/^[\w.]*(idx|mask|index|indices|nodes|rows)[\w.]*$/i.test(index))
      picked.set(node.value.span.text, (picked.get(node.value.span.text) ?? new Set()).add(index));
  });
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Assign' || one.value.kind !== 'Call') continue;
    const [name = ''] = targetsOf(one);
    const [outputs, labels] = one.value.args;
    if (outputs?.kind !== 'Name' || (labels?.kind !== 'Name' && labels?.kind !== 'Attribute')) continue;
    const [given, known] = [picked.get(outputs.id), picked.get(labels.span.text)];
    const isOfBoth =
      [...(given ?? [])].some((text) => isOfTesting(text.split('.').at(-1) ?? '') || isOfTesting(text)) &&
      [...(known ?? [])].some((text) => /train/i.test(text));
    if (!isOfBoth || !program.source.includes(`${name}.backward(`)) continue;
    if (!/loss|entropy|criterion/i.test(one.value.callee.span.text)) continue;
    yield {
      at: one.span,
      message: `${name} is computed of all rows, those that are kept for testing too: pick those to learn from.`,
      evidence: [],
    };
  }
}
