import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Program } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { errorsOf } from '../../ask/errors.js';
import { callsOf, classesOf, methodOf, statementAt, targetsOf } from '../../ask/tree.js';
import { places } from '../../ask/places.js';

export const returnMissing: Check = {
  id: 'return-missing',
  title: 'forward returns nothing',
  severity: 'error',
  why: 'A function that ends without return gives None, so that calling the network gives no tensor.',
  instead: 'End forward with return and what the network computes.',
  needs: 'A forward that has no return with a value, whose last statement computes one.',
  wrong: [
    `
import tensorflow as tf
from data import x, y
class Net(tf.keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compiled_loss(y, self(x, training=True))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))  # <--
def train(net):
    net.fit(x, y, epochs=5)
`,
    `
import tensorflow as tf
class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.last = tf.keras.layers.Dense(10)
    def call(self, x):
        x = tf.nn.relu(x)
        self.last(x)  # <--
`,
    `
from torch.utils.data import Dataset

class WithIndices(Dataset):
    def __init__(self, data):
        self.data = data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        x, label = self.data[index]  # <--
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(20, 3)

    def forward(self, x):
        x = torch.flatten(x, 1)
        x = self.fc(x)  # <--

net = Net()
out = net(torch.randn(2, 20))
`,
    `
from keras.models import Sequential
from keras.layers import Dense
def build():
    model = Sequential()
    model.add(Dense(8, input_dim=4, activation='relu'))
    model.add(Dense(1))  # <--
model = build()
model.compile(loss='mse', optimizer='adam')
`,
  ],
  right: [
    `
import torch.nn as nn
from collections import defaultdict

class Recorder(nn.Module):
    def __init__(self):
        super().__init__()
        self.seen = defaultdict(list)

    def forward(self, x):
        self.seen['mean'].append(x.detach().mean())

Recorder()(nn.Linear(4, 2).weight)
`,
    `
import torch.nn as nn

class Abstract(nn.Module):
    def forward(self, x):
        raise NotImplementedError

class Keeper(nn.Module):
    def forward(self, x):
        self.kept = x * 2
`,
  ],
  *run(program) {
    yield* examplesDropped(program);
    yield* callsWithoutReturn(program);
    yield* stepsWithoutReturn(program);
    yield* buildersWithoutReturn(program);
    yield* mappedWithoutReturn(program);
    for (const definition of classesOf(program)) {
      const forward = methodOf(definition, 'forward');
      if (forward === undefined) continue;
      const calls = eventsOf(program, 'module-call').filter(
        ({ module }) => module.type === definition.name && !module.isNative,
      );
      if (calls.length === 0 || calls.some(({ result }) => result !== null && result !== undefined)) continue;
      const last = forward.body.at(-1);
      if (last === undefined || !computesWithoutReturn(forward)) continue;
      yield {
        at: last.span,
        message: `forward of ${definition.name} ends here and returns nothing, so that calling the network gives None.`,
        evidence: [places(['forward', forward.nameSpan], ['it is called here', calls[0]?.moment.span])],
      };
    }
  },
};

/** A network or layer of Keras whose `call` computes something and gives nothing. */
function* callsWithoutReturn(program: Program): Generator<Found> {
  if (!/keras/.test(program.source)) return;
  for (const definition of classesOf(program)) {
    if (!definition.bases.some(({ span }) => /(^|\.)(Model|Layer)$/.test(span.text))) continue;
    const call = methodOf(definition, 'call');
    const last = call?.body.at(-1);
    if (call === undefined || last === undefined || !computesWithoutReturn(call)) continue;
    yield {
      at: last.span,
      message: `call of ${definition.name} ends here and returns nothing, so that calling it gives None.`,
      evidence: [places(['call', call.nameSpan])],
    };
  }
}

/** A step of `fit` that a network of Keras has of its own, and that gives none of the figures that fit takes from it. */
function* stepsWithoutReturn(program: Program): Generator<Found> {
  if (!/keras/.test(program.source) || !/\.fit\(/.test(program.source)) return;
  if (/\.(train|test)_step\(/.test(program.source)) return;
  for (const definition of classesOf(program)) {
    if (!definition.bases.some(({ span }) => /(^|\.)Model$/.test(span.text))) continue;
    for (const name of ['train_step', 'test_step']) {
      const step = methodOf(definition, name);
      const last = step?.body.at(-1);
      if (step === undefined || last === undefined || givesSomething(step)) continue;
      if (step.body.every(({ kind }) => kind === 'Pass' || kind === 'Raise')) continue;
      yield {
        at: last.span,
        message: `${name} of ${definition.name} ends here and returns nothing, and fit takes a dict of figures from it.`,
        why: 'What a step of its own gives is what fit shows and hands to callbacks: of None it raises an error.',
        instead: `End ${name} with return and a dict: return {'loss': loss}.`,
        evidence: [places([name, step.nameSpan])],
      };
    }
  }
}

/** A function that builds a network and gives nothing, where a method of its result is asked for. */
function* buildersWithoutReturn(program: Program): Generator<Found> {
  const said = new Set<string>();
  for (const error of errorsOf(program)) {
    const at = error.moment.span;
    if (
      error.from !== 'python' ||
      !/^'NoneType' object has no attribute '(compile|fit|summary|parameters|train|eval|to|cuda|predict|add|build)'/.test(
        error.message,
      )
    )
      continue;
    const statement = at && statementAt(program, at);
    const name = /^(?:\w+ *= *)?(\w+)\./.exec(statement?.span.text ?? '')?.[1];
    if (at === undefined || name === undefined) continue;
    const makings = program.body.filter(
      (one): one is tree.Assign => one.kind === 'Assign' && targetsOf(one).includes(name),
    );
    const [making] = makings;
    if (makings.length !== 1 || making?.value.kind !== 'Call' || making.targets[0]?.kind !== 'Name') continue;
    const called = making.value.callee.span.text;
    const built = program.body.find(
      (one): one is tree.FunctionDefinition => one.kind === 'FunctionDef' && one.name === called,
    );
    const last = built?.body.at(-1);
    if (built === undefined || last === undefined || built.decorators.length > 0 || said.has(called))
      continue;
    if (givesSomething(built)) continue;
    said.add(called);
    yield {
      at: last.span,
      message: `${called} ends here and returns nothing, so that ${name} is None.`,
      why: 'A function that ends without return gives None, which has none of the methods of a network.',
      instead: `End ${called} with return and what it has built.`,
      evidence: [places(['the function', built.nameSpan], ['its result is used here', at])],
    };
  }
}

/** A function that a data set is mapped over with and that gives nothing. */
function* mappedWithoutReturn(program: Program): Generator<Found> {
  if (!/\btensorflow\b/.test(program.source) || !program.source.includes('.map(')) return;
  const said = new Set<string>();
  for (const { callee, args, span } of callsOf(program)) {
    const [given] = args;
    if (callee.kind !== 'Attribute' || callee.attribute !== 'map' || given?.kind !== 'Name') continue;
    const mapped = program.body.filter(
      (one): one is tree.FunctionDefinition => one.kind === 'FunctionDef' && one.name === given.id,
    );
    const [only, ...others] = mapped;
    const last = only?.body.at(-1);
    if (only === undefined || last === undefined || others.length > 0 || said.has(given.id)) continue;
    if (only.decorators.length > 0 || givesSomething(only)) continue;
    said.add(given.id);
    yield {
      at: last.span,
      message: `${given.id} ends here and returns nothing, so that map has nothing to go on with.`,
      why: 'A function that ends without return gives None, and a data set is made of what the function returns.',
      instead: `End ${given.id} with return and the example.`,
      evidence: [places(['the function', only.nameSpan], ['it is mapped here', span])],
    };
  }
}

function givesSomething({ body }: tree.FunctionDefinition): boolean {
  let gives = false;
  eachNode(body, (node) => {
    if (node.kind === 'Return' && node.value !== undefined) gives = true;
    if (node.kind === 'Yield' || node.kind === 'YieldFrom' || node.kind === 'Raise') gives = true;
  });
  return gives;
}

/** A data set whose examples are read and not given. */
function* examplesDropped(program: Program): Generator<Found> {
  if (!program.source.includes('__getitem__')) return;
  for (const definition of classesOf(program)) {
    const read = methodOf(definition, '__getitem__');
    if (read === undefined || methodOf(definition, '__len__') === undefined) continue;
    const last = read.body.at(-1);
    const isWritten = last?.kind === 'Expr' && last.value.kind === 'Tuple';
    if ((last?.kind !== 'Assign' && !isWritten) || !computesWithoutReturn(read)) continue;
    yield {
      at: last.span,
      message: `__getitem__ of ${definition.name} ends here and returns nothing, so that every example is None.`,
      why: 'A function that ends without return gives None, and batches are made of what __getitem__ returns.',
      instead: 'End __getitem__ with return and the example.',
      evidence: [places(['__getitem__', read.nameSpan])],
    };
  }
}

/** Ends with a value in a name of its own (or a bare expression), and returns, raises, yields and keeps nothing. */
function computesWithoutReturn({ body, parameters }: tree.FunctionDefinition): boolean {
  const last = body.at(-1);
  const computes =
    (last?.kind === 'Assign' && last.targets.every((target) => areNames(target))) ||
    (last?.kind === 'AugAssign' && last.target.kind === 'Name') ||
    (last?.kind === 'Expr' && last.value.kind !== 'Constant' && last.value.kind !== 'Ellipsis');
  if (!computes || parameters.length < 2) return false;
  if (last.kind === 'Expr' && last.value.kind === 'Call' && last.value.callee.kind === 'Name') {
    if (last.value.callee.id === 'print') return false;
  }
  // What is called for what it keeps: `self.seen['mean'].append(x.mean())`.
  if (
    last.kind === 'Expr' &&
    /^self\b.*\.(append|extend|add|update|insert|put|write|log\w*)\(/s.test(last.span.text)
  )
    return false;
  let ends = false;
  eachNode(body, (node) => {
    if (node.kind === 'Return' && node.value !== undefined) ends = true;
    if (node.kind === 'Raise' || node.kind === 'Yield' || node.kind === 'YieldFrom') ends = true;
    if (node.kind === 'Assign' && node.targets.some(({ kind }) => kind === 'Attribute')) ends = true;
  });
  return !ends;
}

/** A name, or names that a tuple is unpacked to. */
function areNames(target: tree.Expression): boolean {
  return (
    target.kind === 'Name' || (target.kind === 'Tuple' && target.items.every(({ kind }) => kind === 'Name'))
  );
}
