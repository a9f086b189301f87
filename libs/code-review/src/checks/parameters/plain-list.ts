import type { ProgramModule } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { listedLayers } from './listed-layers.js';
import { functionsAround, statementAt, statementsOf } from '../../ask/tree.js';

export const plainList: Check = {
  id: 'plain-list',
  title: 'Layers in a plain list',
  severity: 'warning',
  why: 'A list or dict is not looked into by nn.Module: parameters() leaves these layers out, so the optimiser never trains them and .to(device) leaves them behind.',
  instead: 'Keep them in nn.ModuleList, nn.ModuleDict or nn.Sequential.',
  needs:
    'A layer with parameters, or one of another file by its name, that a module makes in __init__ and calls, and that is registered nowhere.',
  wrong: [
    `
import torch.nn as nn
from graphs import GraphConvolution

class Net(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.steps = []  # <--
        for _ in range(depth):
            self.steps.append(GraphConvolution(width, width))

    def forward(self, x, edges):
        for i in range(len(self.steps)):
            x = self.steps[i](x, edges)
        return x
`,
    `
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, tasks, width):
        super().__init__()
        heads = {}
        for task, classes in tasks.items():
            heads[task] = nn.Linear(width, classes)
        self.heads = heads  # <--

    def forward(self, x, task):
        return self.heads[task](x)
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(20, 20) for _ in range(3)]  # <--
        self.head = nn.Linear(20, 3)

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.head(x)
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.layers = []  # <--
        for _ in range(3):
            self.layers.append(nn.Linear(20, 20))

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x
`,
  ],
  right: [
    `
import torch.nn as nn
from graphs import GraphConvolution

class Net(nn.Module):
    def __init__(self, width, depth):
        super().__init__()
        self.steps = [GraphConvolution(width, width) for _ in range(depth)]
        for at, step in enumerate(self.steps):
            self.add_module(f'step{at}', step)

    def forward(self, x, edges):
        for step in self.steps:
            x = step(x, edges)
        return x
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Linear(20, 20) for _ in range(3)]
        self.layers = nn.ModuleList(layers)
        self.first = (
            nn.Linear(20, 20)
        )
        self.others = [nn.Linear(20, 20) for _ in range(3)]
        for i, layer in enumerate(self.others):
            self.add_module(f'other{i}', layer)

    def forward(self, x):
        for layer in [*self.layers, *self.others]:
            x = torch.relu(layer(x))
        return x
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    const given = new Set(program.optimizers.flatMap(({ parameters }) => [...parameters]));
    for (const { module, depth } of eventsOf(program, 'module-call')) {
      const made = callOf(module);
      if (depth === 0 || made === undefined || made.source.file !== program.file) continue;
      if (module.parents.length > 0 || !isTrainedLayer(module, given)) continue;
      const init = functionsAround(program, made).at(-1);
      const statement = statementAt(program, made);
      if (init?.name !== '__init__' || statement === undefined) continue;
      const at = listOf(program, statement.span, init.span);
      if (at === undefined || seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `The ${module.type} layers kept here are in a plain list, so the module does not know their parameters.`,
        evidence: [places(['a layer is made here', made])],
      };
    }
    for (const { at, name, made } of listedLayers(program)) {
      if (seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `The layers of ${name} are in a plain list or dict, so the module does not know their parameters.`,
        evidence: [places(['a layer is made here', made])],
      };
    }
  },
};

/** Where a module was called into being: for a class of the program, where that class is called. */
function callOf(module: ProgramModule): Span | undefined {
  if (module.isNative) return module.span;
  let activation = module.made?.activation;
  // Out of the __init__ of the class and of those it derives from.
  for (let depth = 0; depth < 5 && activation?.name === '__init__'; depth++) {
    const { calledAt } = activation;
    if (calledAt !== undefined && !/^super\b|\.__init__\(/.test(calledAt.text)) return calledAt;
    activation = activation.outer;
  }
  return undefined;
}

function isTrainedLayer(module: ProgramModule, given: ReadonlySet<number>): boolean {
  const { parameters } = module;
  return parameters.some(({ trainable }) => trainable) && !parameters.some(({ id }) => given.has(id));
}

/** Whether what is assigned is a list or the like, rather than one thing in parentheses. */
function isCollection(program: Program, at: Span): boolean {
  const found = statementsOf(program).find(({ span }) => span.start === at.start && span.end === at.end);
  return (
    (found?.kind === 'Assign' || found?.kind === 'AnnAssign') &&
    /^(List|Tuple|Dict|Set|ListComp|DictComp|GeneratorExp|BinOp)$/.test(found.value?.kind ?? '')
  );
}

/** The statement that keeps the list: the one that makes the layers, or the list they are appended to. */
function listOf(program: Program, statement: Span, init: Span): Span | undefined {
  if (/^self\.\w+\s*(:[^=]+)?=\s*[[{(]/.test(statement.text))
    return isCollection(program, statement) ? statement : undefined;
  const name =
    /^self\.(\w+)\s*\.\s*(append|extend|insert)\s*\(/.exec(statement.text)?.[1] ??
    /^self\.(\w+)\s*(\+=|\[)/.exec(statement.text)?.[1];
  if (name === undefined) return undefined;
  const start = new RegExp(String.raw`^self\.${name}\s*(:[^=]+)?=\s*([[{]|list\(|dict\()`);
  return statementsOf(program).find(
    ({ span, kind }) =>
      (kind === 'Assign' || kind === 'AnnAssign') &&
      span.start >= init.start &&
      span.end <= init.end &&
      start.test(span.text),
  )?.span;
}
