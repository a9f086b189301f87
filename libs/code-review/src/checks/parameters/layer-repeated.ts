import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf, nodesOf, statementsIn, targetsOf } from '../../ask/tree.js';

const MADE = `
import torch
import torch.nn as nn
from blocks import Mixer

class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.mix1 = Mixer(dim)
        self.mix2 = Mixer(dim)
        self.mix3 = Mixer(dim)

    def forward(self, x):
        x = torch.relu(self.mix1(x))
`;

export const layerRepeated: Check = {
  id: 'layer-repeated',
  title: 'One layer is called in place of the next',
  severity: 'warning',
  why: 'The layer called twice shares its weights between two places, and the one made for the second place is never trained.',
  instead: 'Call the layer that was made for this place.',
  needs:
    'A numbered layer that one method calls twice, and another of the same making and name that nothing in the file reads.',
  wrong: [
    `
import torch
import torch.nn as nn

class Gates(nn.Module):
    def __init__(self, size, width):
        super().__init__()
        self.ix = nn.Linear(size, width)
        self.ih = nn.Linear(width, width)
        self.fx = nn.Linear(size, width)
        self.fh = nn.Linear(width, width)

    def forward(self, x, h):
        let_in = torch.sigmoid(self.ix(x) + self.ih(h))
        hidden = [self.ih(each) for each in h]
        keep = torch.sigmoid(self.ix(x) + torch.stack(hidden))  # <--
        return let_in, keep
`,
    `${MADE}        x = torch.relu(self.mix2(x))
        return self.mix2(x)  # <--
`,
  ],
  right: [
    `${MADE}        x = torch.relu(self.mix2(x))
        return self.mix3(x)
`,
    `${MADE}        for part in x.unbind(1):
            part = torch.relu(self.mix2(part))
        for _ in range(3):
            part = torch.relu(self.mix2(part))
        return part
`,
  ],
  *run(program) {
    if (
      /\b(getattr|children|named_children|modules|named_modules|_modules|__dict__|eval|exec)\b\s*\(/.test(
        program.source,
      )
    )
      return;
    for (const one of classesOf(program)) {
      const init = methodOf(one, '__init__');
      if (init === undefined) continue;
      const layers = numbered(init);
      const reads = readsIn(program);
      yield* nearNames(one, init, reads);
      if (layers.length < 2) continue;
      for (const unused of layers) {
        if ((reads.get(unused.attribute) ?? 0) > 0) continue;
        const again = secondCall(one, init, layers, unused);
        if (again === undefined) continue;
        yield {
          at: again.call.span,
          message: `self.${again.attribute} is called a second time here, and self.${unused.attribute} never.`,
          evidence: [places(['the layer that is never called', unused.at.span])],
        };
        break;
      }
    }
  },
};

/** `self.ix` called twice where `self.fx`, made alike, never is, and `self.ih` for `self.fh` too. */
function* nearNames(
  one: tree.ClassDefinition,
  init: tree.FunctionDefinition,
  reads: ReadonlyMap<string, number>,
): Generator<Found> {
  const made = statementsIn(init.body).flatMap((at) => {
    const [, name] = /^self\.([A-Za-z]\w+)$/.exec(targetsOf(at)[0] ?? '') ?? [];
    return at.kind === 'Assign' &&
      at.value.kind === 'Call' &&
      name !== undefined &&
      /(^|\.)(Linear|Conv\dd)$/.test(at.value.callee.span.text)
      ? [{ name, at, text: at.value.span.text }]
      : [];
  });
  const unused = made.filter(({ name }) => (reads.get(name) ?? 0) === 0);
  if (unused.length < 2) return;
  for (const method of one.body) {
    if (method.kind !== 'FunctionDef' || method === init) continue;
    const calls = new Map<string, tree.Call[]>();
    eachNode(method.body, (node) => {
      if (node.kind !== 'Call') return;
      const [, name] = /^self\.(\w+)$/.exec(node.callee.span.text) ?? [];
      if (name !== undefined) calls.set(name, [...(calls.get(name) ?? []), node]);
    });
    const pairs = unused.flatMap((left) => {
      const near = made.filter(
        ({ name, text }) =>
          text === left.text && isOneApart(name, left.name) && calls.get(name)?.length === 2,
      );
      const second = calls.get(near[0]?.name ?? '')?.toSorted((a, b) => a.span.start - b.span.start)[1];
      return near.length === 1 && second !== undefined ? [{ left, second }] : [];
    });
    if (pairs.length < 2 || pairs.length !== unused.length) continue;
    const [pair] = pairs;
    if (pair !== undefined)
      yield {
        at: pair.second.span,
        message: `${pair.second.callee.span.text} is called a second time here, and self.${pair.left.name} never.`,
        evidence: [
          places(...pairs.map(({ left }) => ['a layer that is never called', left.at.span] as const)),
        ],
      };
  }
}

/** Whether two names differ in one letter. */
function isOneApart(one: string, other: string): boolean {
  return one.length === other.length && [...one].filter((letter, at) => letter !== other[at]).length === 1;
}

interface Layer {
  readonly attribute: string;
  readonly stem: string;
  readonly callee: string;
  readonly at: tree.Statement;
}

/** `self.conv3 = Conv(…)`: attributes with a number that calls of classes are given to. */
function numbered(init: tree.FunctionDefinition): Layer[] {
  return statementsIn(init.body).flatMap((at) => {
    if (at.kind !== 'Assign' || at.value.kind !== 'Call') return [];
    const [target = ''] = targetsOf(at);
    const [, attribute, stem] = /^self\.((\w*[A-Za-z])_?\d+(?:_\w+)?)$/.exec(target) ?? [];
    const callee = at.value.callee.span.text;
    return attribute === undefined || stem === undefined || !/(^|\.)[A-Z]\w*$/.test(callee)
      ? []
      : [{ attribute, stem, callee, at }];
  });
}

/** How often attributes of each name are read anywhere in the file. */
function readsIn(program: Program): ReadonlyMap<string, number> {
  const written = new Set<object>();
  const reads = new Map<string, number>();
  const count = (name: string): void => void reads.set(name, (reads.get(name) ?? 0) + 1);
  for (const { targets } of nodesOf(program, 'Assign')) for (const target of targets) written.add(target);
  for (const node of nodesOf(program, 'Attribute')) if (!written.has(node)) count(node.attribute);
  // Asked for by its name.
  for (const { value } of nodesOf(program, 'Constant')) if (typeof value === 'string') count(value);
  return reads;
}

/** The second call of a layer of the same making and name in one method, where it stands in for the unused one. */
function secondCall(
  owner: tree.ClassDefinition,
  init: tree.FunctionDefinition,
  layers: readonly Layer[],
  unused: Layer,
): { readonly call: tree.Call; readonly attribute: string } | undefined {
  for (const method of owner.body) {
    if (method.kind !== 'FunctionDef' || method === init) continue;
    const calls: tree.Call[] = [];
    eachNode(method.body, (node) => {
      if (node.kind === 'Call') calls.push(node);
    });
    for (const { attribute, stem, callee } of layers) {
      if (stem !== unused.stem || callee !== unused.callee || attribute === unused.attribute) continue;
      const own = calls
        .filter((call) => call.callee.span.text === `self.${attribute}`)
        .toSorted((a, b) => a.span.start - b.span.start);
      const [first, second] = own;
      // The same input twice is one layer for two: a shared one.
      if (first === undefined || second === undefined || own.length !== 2) continue;
      if (isActivation(callee)) continue;
      // In a loop or an arm of its own the same way is gone again.
      if (areasAround(method, first) !== areasAround(method, second)) continue;
      return { call: second, attribute };
    }
  }
  return undefined;
}

/** Which loops and conditions of a method a call stands in, and in which arm of them. */
function areasAround(method: tree.FunctionDefinition, { span: { start } }: tree.Call): string {
  const areas: number[] = [];
  eachNode(method.body, (node) => {
    if (node.kind !== 'For' && node.kind !== 'While' && node.kind !== 'If') return;
    for (const part of [node.body, node.orElse])
      if ((part[0]?.span.start ?? Infinity) <= start && start < (part.at(-1)?.span.end ?? 0))
        areas.push(part[0]?.span.start ?? 0);
  });
  return areas.join();
}

/** Layers without weights may stand anywhere. */
function isActivation(callee: string): boolean {
  return /(ReLU|GELU|ELU|SiLU|Sigmoid|Tanh|Softmax|Dropout\w*|\w*Pool\w*|Upsample|Flatten|Identity|Loss)$/.test(
    callee,
  );
}
