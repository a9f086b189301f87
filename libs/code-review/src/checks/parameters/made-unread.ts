import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { classesOf, statementsIn, targetsOf, usesOf } from '../../ask/tree.js';

const NET = `
import torch
import torch.nn as nn

class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv, self.out = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 1)
`;

export const madeUnread: Check = {
  id: 'made-unread',
  title: 'What a layer gives, or what was put by, is never used',
  severity: 'warning',
  why: 'The network goes on without it: a way around that joins nothing, or a layer whose weights are never trained.',
  instead: 'Use it below: out = out + identity; return the last of them.',
  needs:
    'A name in forward that is given what one of the network’s layers gives, or its input to keep, and that is read nowhere.',
  wrong: [
    `${NET}
    def forward(self, x):
        identity = x  # <--
        x = torch.relu(self.conv(x))
        return self.out(x)
`,
    `${NET}
    def forward(self, x):
        hidden = torch.relu(self.conv(x))
        scores = self.out(hidden)  # <--
        return hidden
`,
    `${NET}
    def forward(self, *maps):
        for one in maps:
            one = self.conv(one)  # <--
        return self.out(maps[0])
`,
    `${NET}
    def forward(self, x):
        y = self.conv(x)
        y = self.out(torch.relu(y))  # <--
        return x
`,
    `${NET}
    def forward(self, x):
        hidden = self.conv(x)
        self.out(hidden)  # <--
        return hidden
`,
  ],
  right: [
    `${NET}
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        x = self.out(self.conv(x))
        self.act(x)
        return x
`,
    `${NET}
    def forward(self, *maps):
        last = self.conv(maps[0])
        for one in maps:
            one = self.conv(one)
            last = last + one
        for one in maps:
            one = self.out(one)
        return last + one
`,
    `${NET}
    def forward(self, x):
        identity = x
        x = torch.relu(self.conv(x))
        _ = self.out(x)
        unused_scores, kept = self.out(x), x
        return self.out(x) + identity, kept
`,
  ],
  *run(program) {
    if (!/\bdef forward\b/.test(program.source)) return;
    for (const owner of classesOf(program)) {
      const layers = layersOf(owner);
      for (const method of owner.body) {
        if (method.kind !== 'FunctionDef' || method.name !== 'forward') continue;
        if (/\blocals\(\)|\bexec\(|\beval\(/.test(method.span.text)) continue;
        yield* lostInLoops(method);
        yield* droppedAtOnce(owner, method);
        yield* lostAtEnd(method);
        const reads = readsIn(method);
        for (const one of statementsIn(method.body)) {
          if (one.kind !== 'Assign' || one.targets.length !== 1) continue;
          const [name = ''] = targetsOf(one);
          if (one.targets[0]?.kind !== 'Name' || name.startsWith('_') || (reads.get(name) ?? 0) > 0) continue;
          const isKept =
            one.value.kind === 'Name' &&
            /^(identity|residual|res|skip|shortcut|short_cut|x_?(orig|in|skip|res)|orig_?x|inp(ut)?_?x)\d*$/i.test(
              name,
            );
          const isLayer =
            one.value.kind === 'Call' && layers.has(one.value.callee.span.text) && !/unused|dummy/.test(name);
          if (!isKept && !isLayer) continue;
          yield {
            at: one.span,
            message: isKept
              ? `${name} is put by here and read nowhere.`
              : `${name} is read nowhere: what ${one.value.kind === 'Call' ? one.value.callee.span.text : ''} gives is dropped.`,
            evidence: [],
          };
        }
      }
    }
  },
};

/** A name that is given something made of itself, after which `return` gives others: nobody can read that any more. */
function* lostAtEnd({ body, span }: tree.FunctionDefinition): Generator<Found> {
  const last = body.at(-1);
  const before = body.at(-2);
  if (last?.kind !== 'Return' || last.value === undefined || before?.kind !== 'Assign') return;
  const [target] = before.targets;
  if (target?.kind !== 'Name' || before.targets.length > 1 || before.value.kind !== 'Call') return;
  const { id } = target;
  if (id.startsWith('_') || usesOf(last, id).length > 0 || usesOf(before.value, id).length === 0) return;
  if (/\b(lambda|def|global|nonlocal)\b/.test(span.text.slice(4))) return;
  yield {
    at: before.span,
    message: `What ${id} is given here is dropped: ${last.span.text} gives something else.`,
    evidence: [],
  };
}

/** `self.fc(x)` as a whole statement: layers of PyTorch's leave what they are given as it is, unless they say that they work in place. */
function* droppedAtOnce(owner: tree.ClassDefinition, method: tree.FunctionDefinition): Generator<Found> {
  if (/hook/.test(owner.span.text)) return;
  const layers = layersOf(owner, OF_TORCH);
  for (const one of statementsIn(method.body)) {
    if (one.kind !== 'Expr' || one.value.kind !== 'Call') continue;
    const { callee, args } = one.value;
    if (!layers.has(callee.span.text) || args.length === 0) continue;
    yield {
      at: one.span,
      message: `What ${callee.span.text} gives is dropped here: ${args[0]?.span.text ?? ''} stays as it is.`,
      evidence: [],
    };
  }
}

/** What a layer gives in place of what a loop goes over, by a name that the next turn gives the next one. */
function* lostInLoops(method: tree.FunctionDefinition): Generator<Found> {
  for (const loop of statementsIn(method.body)) {
    if (loop.kind !== 'For') continue;
    const last = loop.body.at(-1);
    if (last?.kind !== 'Assign' || last.targets[0]?.kind !== 'Name' || last.value.kind !== 'Call') continue;
    const { id } = last.targets[0];
    const { callee, args } = last.value;
    const isOwn = /^\(*self\./.test(callee.span.text) && usesOf(args, id).length > 0;
    if (!isOwn || !targetsOf(loop).includes(id)) continue;
    if (usesOf(method.body, id).some(({ start }) => start >= last.span.end)) continue;
    yield {
      at: last.span,
      message: `${id} is given the next of what the loop goes over before it is read: what ${callee.span.text} gives is dropped.`,
      evidence: [],
    };
  }
}

const WITH_WEIGHTS = /(^|\.)(Linear|Bilinear|Conv\w*d|Sequential|LSTM|GRU|RNN|\w*Norm\w*)$/;
const OF_TORCH =
  /^(torch\.)?nn\.(?!\w*Loss$|\w*Norm)([A-Z]\w+)$|^(Linear|Conv\w*d|Sequential|LSTM|GRU|Dropout\w*)$/;

/** `self.fc` of attributes that are made of such layers of PyTorch's, none of which works in place. */
function layersOf(owner: tree.ClassDefinition, made = WITH_WEIGHTS): ReadonlySet<string> {
  const layers = new Set<string>();
  for (const one of owner.body)
    if (one.kind === 'FunctionDef' && one.name === '__init__')
      for (const statement of statementsIn(one.body))
        if (statement.kind === 'Assign') {
          const values = statement.value.kind === 'Tuple' ? statement.value.items : [statement.value];
          const names = targetsOf(statement);
          for (const [at, value] of values.entries())
            if (
              value.kind === 'Call' &&
              made.test(value.callee.span.text) &&
              (made === WITH_WEIGHTS || !/inplace|^\w*\.?ReLU\(True/.test(value.span.text))
            )
              layers.add(names[at] ?? '');
        }
  return layers;
}

/** How often names are read in a function, `x += 1` being no reading of x. */
function readsIn(method: tree.FunctionDefinition): ReadonlyMap<string, number> {
  const written = new Set<object>();
  const reads = new Map<string, number>();
  eachNode(method, (node) => {
    if (node.kind === 'Assign')
      for (const target of node.targets) {
        written.add(target);
        if (target.kind === 'Tuple' || target.kind === 'List')
          for (const item of target.items) written.add(item);
      }
  });
  eachNode(method, (node) => {
    if (node.kind === 'Name' && !written.has(node)) reads.set(node.id, (reads.get(node.id) ?? 0) + 1);
  });
  return reads;
}
