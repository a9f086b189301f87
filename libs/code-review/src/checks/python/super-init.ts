import { errorCheck } from '../../ask/error-check.js';
import type { ErrorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { isEnteredByReading, places } from '../../ask/places.js';
import { classesOf, functionsAround, holds, methodOf, statementsIn, targetsOf } from '../../ask/tree.js';
import type { Fix } from '../../finding.js';
import type { tree } from '@tensormark/python';

const raised = errorCheck(
  {
    id: 'super-init',
    title: 'super().__init__() is missing',
    why: 'nn.Module keeps its layers and parameters in tables that its own __init__ makes: without it, the first layer assigned raises an error.',
    instead: 'Call super().__init__() in the first line of __init__.',
    needs: 'A layer or parameter assigned on a module whose own initialisation has not run.',
    wrong: [
      `
import torch.nn as nn
from settings import options

if options.deep:
    class Deep(nn.Module):
        def __init__(self):
            self.layers = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))  # <--

        def forward(self, x):
            return self.layers(x)
`,
      `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        self.fc1 = nn.Linear(20, 64)  # <--
        self.fc2 = nn.Linear(64, 3)

    def forward(self, x):
        return self.fc2(self.fc1(x).relu())

net = Net()
`,
      `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__
        self.fc = nn.Linear(20, 64)  # <--

    def forward(self, x):
        return self.fc(x)

net = Net()
`,
    ],
    right: [
      `
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.fc = nn.Linear(width, depth)

class Gated(Block):
    def __init__(self, **options):
        super().__init__(**options)
        self.gate = nn.Sigmoid()

    def forward(self, x):
        return self.gate(self.fc(x))

class Noisy(Block):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.drop = nn.Dropout(0.1)

    def forward(self, x):
        return self.drop(self.fc(x))
`,
      `
import torch.nn as nn

class Base(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)

class Net(Base):
    def __init__(self):
        super(Net, self).__init__()
        self.fc = nn.Linear(20, 3)

    def forward(self, x):
        return self.fc(x)

net = Net()
`,
    ],
  },
  (error, program) => {
    const at = error.moment.span;
    if (at === undefined) return undefined;
    if (!/^cannot assign (module|parameters?|buffers?) before Module\.__init__\(\) call/.test(error.message))
      return undefined;
    const init = functionsAround(program, at).at(-1);
    // What is handed to a function that nothing calls is no more than a guess at a module, however it was made.
    if (init?.parameters[0]?.name !== 'self' && isEnteredByReading(error.moment)) return undefined;
    // It is called, and what reading gives it is not what the program will.
    const before = init?.body.filter(({ span }) => span.end <= at.start) ?? [];
    if (before.some(({ span }) => /\bsuper\s*\([^()]*\)\s*\.\s*\w+\s*\(|\.__init__\s*\(/.test(span.text)))
      return undefined;
    const first = program.events.find(
      (event) =>
        event.kind === 'error' &&
        event.message.startsWith('cannot assign') &&
        init !== undefined &&
        event.moment.span !== undefined &&
        event.moment.span.start >= init.span.start &&
        event.moment.span.end <= init.span.end,
    );
    if (first?.moment.span !== undefined && first.moment.span.start !== at.start) return undefined;
    const fix = init?.name === '__init__' ? fixOf(init) : undefined;
    return {
      at,
      message: 'This module is given layers before super().__init__() has run.',
      evidence: [inWords(error), places(['the __init__ that should call it', init?.nameSpan])],
      ...(fix && { fix }),
    };
  },
);

/**
 * The same where no instance is made in this run, as under an option that is off: a class of nn.Module itself whose
 * __init__ assigns layers, and calls no other in any way.
 */
export const superInit: ErrorCheck = {
  ...raised,
  *run(program) {
    const found = [...raised.run(program)];
    yield* found;
    for (const owner of classesOf(program)) {
      const init = methodOf(owner, '__init__');
      const bases = owner.bases.map(({ span }) => span.text);
      if (
        init === undefined ||
        !bases.every((base) => /^((torch\.)?nn\.)?Module$/.test(base)) ||
        bases.length !== 1
      )
        continue;
      if (owner.decorators.length > 0 || /super|__init__\s*\(|__dict__|setattr/.test(textOfBody(init)))
        continue;
      const made = statementsIn(init.body).find(
        (one) =>
          one.kind === 'Assign' &&
          targetsOf(one).some((name) => /^self\.\w+$/.test(name)) &&
          /^(torch\.)?nn\.[A-Z]\w*\(/.test(one.value.span.text),
      );
      if (made === undefined || found.some(({ at }) => holds(owner.span, at))) continue;
      const fix = fixOf(init);
      yield {
        at: made.span,
        message: 'This module is given layers before super().__init__() has run.',
        evidence: [places(['the __init__ that should call it', init.nameSpan])],
        ...(fix && { fix }),
      };
    }
  },
};

function textOfBody({ body }: tree.FunctionDefinition): string {
  return body.map(({ span }) => span.text).join('\n');
}

function fixOf({ body }: tree.FunctionDefinition): Fix | undefined {
  const [first] = body;
  if (
    first === undefined ||
    /super\s*\(|__init__\s*\(self/.test(body.map(({ span }) => span.text).join('\n'))
  )
    return undefined;
  const { line, column } = first.span.place;
  return {
    what: 'super().__init__() comes first',
    line,
    column,
    endLine: line,
    endColumn: column,
    text: `super().__init__()\n${' '.repeat(column - 1)}`,
  };
}
