import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { filesLoaded, keysAskedOf, statesLoaded, textOf } from '../../ask/checkpoints.js';
import { places } from '../../ask/places.js';
import { callsOf, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

const RESUMED = (...lines: readonly string[]): string => `
import torch
import torch.nn as nn
net = nn.Linear(4, 2)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
checkpoint = torch.load('last.pt')
${lines.join('\n')}
begun = checkpoint['epoch']
`;

const OF_OPTIMIZER = /(^|_)optim(izer)?s?(_|$)|^opt$/i;
const OF_NETWORK =
  /(^|_)(model|net|network|weights|encoder|decoder|generator|discriminator)(_|$)|^state_dict$/i;

export const stateOfOther: Check = {
  id: 'state-of-other',
  title: 'The saved state of another loaded',
  severity: 'error',
  why: 'An optimiser’s state has no weights in it, and a network’s no settings of an optimiser: PyTorch refuses either.',
  instead: 'Load what was saved of it: model.load_state_dict(checkpoint["model"]).',
  needs:
    'load_state_dict of a network given an entry that is called after an optimiser, or the other way round.',
  wrong: [
    RESUMED(
      "net.load_state_dict(checkpoint['optimizer'])  # <--",
      "optimizer.load_state_dict(checkpoint['optimizer'])",
    ),
    RESUMED("net.load_state_dict(checkpoint['net'])", "optimizer.load_state_dict(checkpoint['net'])  # <--"),
  ],
  right: [
    RESUMED("net.load_state_dict(checkpoint['net'])", "optimizer.load_state_dict(checkpoint['optimizer'])"),
  ],
  *run(program) {
    for (const { into, given, call } of statesLoaded(program)) {
      if (given.kind !== 'Subscript') continue;
      const key = textOf(given.index.span.text);
      const name = into.split('.').at(-1) ?? into;
      if (key === undefined || !/^[\w.]+$/.test(into)) continue;
      const isOptimizer = OF_OPTIMIZER.test(name);
      const isOfOptimizer = OF_OPTIMIZER.test(key);
      // A network’s name may speak of an optimiser too, and an entry’s of both.
      if (isOptimizer ? isOfOptimizer || !OF_NETWORK.test(key) : !isOfOptimizer || OF_NETWORK.test(key))
        continue;
      if (!isOptimizer && (/sched|scaler|amp|ema|opt/i.test(name) || !isNetwork(program, into))) continue;
      yield {
        at: call.span,
        message: `${into} is given what was saved as ${key}.`,
        evidence: [],
      };
    }
  },
};

/** Whether something by that name is a network: it is asked for its parameters, or told its mode. */
function isNetwork({ source }: Program, name: string): boolean {
  const written = name.replaceAll('.', String.raw`\.`);
  return new RegExp(String.raw`\b${written}\.(parameters|named_parameters|train|eval)\s*\(`).test(source);
}

export const checkpointWhole: Check = {
  id: 'checkpoint-whole',
  title: 'A whole checkpoint loaded where the weights in it are meant',
  severity: 'error',
  why: 'The checkpoint is a dict of several things, and its names are none of the network’s: PyTorch finds all of its weights missing.',
  instead: 'Load the entry that has the weights: checkpoint["state_dict"].',
  needs:
    'A file that is loaded once, asked for entries of its own elsewhere, and given to load_state_dict as a whole.',
  wrong: [
    RESUMED('net.load_state_dict(checkpoint)  # <--', "optimizer.load_state_dict(checkpoint['optimizer'])"),
  ],
  right: [
    RESUMED("net.load_state_dict(checkpoint['net'])"),
    RESUMED(
      "if 'net' in checkpoint:",
      "    net.load_state_dict(checkpoint['net'])",
      'else:',
      '    net.load_state_dict(checkpoint)',
    ),
  ],
  *run(program) {
    const files = filesLoaded(program);
    for (const { into, given, call } of statesLoaded(program)) {
      const name = given.span.text;
      const loaded = files.get(name);
      if (loaded === undefined) continue;
      const asked = keysAskedOf(program, name);
      // Of one with weights alone a weight is asked by its own name, `fc.weight`.
      const others = asked.filter((key) =>
        /^(epoch|step|iteration|args|best_\w+|loss|(\w+_)?optim\w*|(\w+_)?state_dict|scheduler|model)$/i.test(
          key,
        ),
      );
      if (others.length === 0 || isAskedWhether(program, name)) continue;
      yield {
        at: call.span,
        message: `${into} is given the whole of ${name}, which has ${others[0]} and more in it.`,
        evidence: [places(['it is loaded here', loaded.span])],
      };
    }
  },
};

/** `if 'model' in checkpoint`: the program knows files of both kinds. */
function isAskedWhether({ source }: Program, name: string): boolean {
  return new RegExp(
    String.raw`\bin\s+${name}\b|\b${name}\.(get|keys|items|pop|update)\s*\(|isinstance\(\s*${name}|\bexcept\b`,
  ).test(source);
}

export const parametersSaved: Check = {
  id: 'parameters-saved',
  title: 'parameters() saved in place of the weights',
  severity: 'error',
  why: 'parameters() gives a generator, and one of these cannot be written to a file.',
  instead: 'torch.save(model.state_dict(), path)',
  needs: 'torch.save given `….parameters()` itself.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Linear(4, 2)
torch.save(net.parameters(), 'net.pt')  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Linear(4, 2)
torch.save(list(net.parameters()), 'net.pt')
`,
  ],
  *run(program) {
    if (!/torch\.save\(/.test(program.source)) return;
    for (const { callee, args, span } of callsOf(program)) {
      const [first] = args;
      if (callee.span.text !== 'torch.save' || first?.kind !== 'Call' || first.callee.kind !== 'Attribute')
        continue;
      if (!/^(named_)?(parameters|modules|buffers)$/.test(first.callee.attribute)) continue;
      yield {
        at: span,
        message: `${first.span.text} is a generator, which cannot be saved.`,
        evidence: [],
      };
    }
  },
};

export const stateAsNetwork: Check = {
  id: 'state-as-network',
  title: 'Weights from a file take the network’s place',
  severity: 'error',
  why: 'What was saved is a dict of weights; called as a network, or asked for its parameters, it raises an error.',
  instead: 'model.load_state_dict(torch.load(path))',
  needs:
    'A name of a network that is set to what torch.load gives, of a path under which the program saves a state_dict(), or to an entry that is called one.',
  wrong: [
    `
import torch
import torch.nn as nn
net = nn.Linear(4, 2)
torch.save(net.state_dict(), 'net.pt')
net = torch.load('net.pt')  # <--
print(net(torch.randn(3, 4)))
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
net = nn.Linear(4, 2)
torch.save(net, 'net.pt')
net = torch.load('net.pt')
state = torch.load('other.pt')
print(net(torch.randn(3, 4)))
`,
  ],
  *run(program) {
    if (!program.source.includes('torch.load')) return;
    const saved = new Set(
      callsOf(program).flatMap(({ callee, args: [what, where] }) =>
        callee.span.text === 'torch.save' && where !== undefined && what !== undefined
          ? [`${what.span.text.endsWith('.state_dict()') ? 'state' : 'other'} ${where.span.text}`]
          : [],
      ),
    );
    for (const one of statementsOf(program)) {
      const [name = ''] = targetsOf(one);
      if (one.kind !== 'Assign' || !/^[\w.]+$/.test(name)) continue;
      const path = pathLoaded(one.value);
      if (path === undefined) continue;
      const key = one.value.kind === 'Subscript' ? textOf(one.value.index.span.text) : undefined;
      const isState =
        key === undefined
          ? one.value.kind === 'Call' && saved.has(`state ${path}`) && !saved.has(`other ${path}`)
          : key.endsWith('state_dict');
      const used = isState && usedAsNetwork(program, name, one);
      if (used === undefined || used === false) continue;
      yield {
        at: one.span,
        message: `${name} becomes a dict of weights here, and is used as the network.`,
        evidence: [places(['it is used here', used.span])],
      };
    }
  },
};

/** The path in `torch.load(path)`, whole or asked for one entry. */
function pathLoaded(node: tree.Expression): string | undefined {
  const call = node.kind === 'Subscript' ? node.value : node;
  if (call.kind !== 'Call' || call.callee.span.text !== 'torch.load') return undefined;
  return call.args[0]?.span.text;
}

/** Where a name is called, or asked for what networks have, after a statement and before it is set again. */
function usedAsNetwork(program: Program, name: string, set: tree.Statement): tree.Call | undefined {
  const again = statementsOf(program).find(
    (one) => one.span.start > set.span.start && targetsOf(one).includes(name),
  );
  return nodesOf(program, 'Call').find(({ callee, span }) => {
    if (span.start < set.span.end || (again !== undefined && span.start >= again.span.start)) return false;
    if (callee.span.text === name) return true;
    return (
      callee.kind === 'Attribute' &&
      callee.value.span.text === name &&
      /^(eval|train|parameters|to|cuda|load_state_dict|forward|state_dict)$/.test(callee.attribute)
    );
  });
}
