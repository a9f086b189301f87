import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import {
  callsOf,
  classesOf,
  functionsAround,
  holds,
  methodOf,
  statementsIn,
  statementsOf,
  targetsOf,
} from '../../ask/tree.js';

export const namesSwapped: Check = {
  id: 'names-swapped',
  title: 'Two values change places',
  severity: 'warning',
  why: 'Each name now stands for what the other did: inputs are taken for targets, or a function gets its arguments in the wrong order.',
  instead: 'Keep the order: x, y = x.float(), y.float(); f(mean, spread) for def f(mean, spread).',
  needs:
    'Two names that are each given a method of the other at once, or a call whose arguments bear each other’s parameter names.',
  wrong: [
    `
import torch.nn as nn
apart = nn.TripletMarginLoss(margin=0.5)
def loss_of(embed, anchor, positive, negative):
    a, p, n = embed(anchor), embed(positive), embed(negative)
    return apart(a, n, p)  # <--
`,
    `
def update(actor, weigh, batch):
    old, advantages = batch['old'], batch['advantages']
    mask = batch['attention'][:, -old.size(1):]
    new = actor(batch)
    loss = weigh(old=old, new=new, advantages=advantages, mask=advantages, clip=0.2)  # <--
    return (loss * mask).mean()
`,
    `
def validate(net, loader, criterion):
    for x, y in loader:
        x, y = y.float(), x.float()  # <--
        print(criterion(net(x), y))
`,
    `
import torch

def sample(mean, spread):
    return mean + spread * torch.randn_like(spread)

def draw(encoder, x):
    mean, spread = encoder(x)
    return sample(spread, mean)  # <--
`,
  ],
  right: [
    `
def in_train(x, alt, training):
    return x if training else alt

def in_test(x, alt, training):
    """The other way round."""
    return in_train(alt, x, training)
`,
    `
import torch.nn as nn
class Reader(nn.Module):
    def forward(self, tokens, labels):
        logits = self.head(self.body(tokens))
        pooled = logits[:, -1]
        return self.loss_of(logits=pooled, labels=labels, pooled=pooled, tokens=tokens)
`,
    `
def sub(graph, self, other):
    return graph.op('Sub', self, other)

def rsub(graph, self, other):
    return sub(graph, other, self)
`,
    `
import torch.nn as nn
apart = nn.TripletMarginLoss(margin=0.5)
def loss_of(embed, anchor, positive, negative):
    a, p, n = embed(anchor), embed(positive), embed(negative)
    return apart(a, p, n) + apart(p, a, n)
`,
    `
def attend(layer, x, memory):
    query = layer.norm(x)
    return layer(query=query, key=memory, value=memory, need_weights=False, attn_mask=None)

def same(layer, query, key):
    value = key * 2
    return layer(query=query, key=key, value=value, mask=None)
`,
    `
import torch

def sample(mean, spread):
    return mean + spread * torch.randn_like(spread)

def draw(encoder, x, y):
    mean, spread = encoder(x.float())
    x, y = y, x
    x, y = x.float(), y.float()
    return sample(mean, spread), sample(spread=spread, mean=mean)

def keep(source, goal, store):
    store.append((source, goal))

def both(source, goal, store):
    keep(source, goal, store)
    keep(goal, source, store)

def divergence(teacher, student):
    return (teacher.exp() * (teacher - student)).sum(-1).mean()

def reversed_divergence(teacher, student):
    return divergence(student, teacher)
`,
  ],
  *run(program) {
    for (const one of statementsOf(program)) {
      if (one.kind !== 'Assign' || !isCrossed(one)) continue;
      yield { at: one.span, message: 'Each of the two is given what the other was.', evidence: [] };
    }
    yield* turnedTriplets(program);
    yield* givenOfOther(program);
    const signatures = signaturesOf(program);
    if (signatures.size === 0) return;
    const found: (readonly [tree.Call, string, string, tree.FunctionDefinition])[] = [];
    for (const node of callsOf(program)) {
      if (node.args.length < 2) continue;
      const made = signatures.get(node.callee.span.text);
      if (made === undefined) continue;
      const names = namesOf(made, node.callee.span.text.startsWith('self.'));
      const given = node.args.map((arg) => (arg.kind === 'Name' ? arg.id : ''));
      for (const [at, name] of given.entries()) {
        const other = names.indexOf(name);
        if (name.length < 2 || other <= at || given[other] !== names[at]) continue;
        found.push([node, name, given[other] ?? '', made]);
        break;
      }
    }
    if (found.length === 0) return;
    const inOrder = new Set<tree.FunctionDefinition>();
    for (const node of callsOf(program)) {
      const made = signatures.get(node.callee.span.text);
      if (made === undefined) continue;
      const names = namesOf(made, node.callee.span.text.startsWith('self.'));
      const given = node.args.map((arg) => (arg.kind === 'Name' ? arg.id : ''));
      if (found.some((one) => one[3] === made && given[names.indexOf(one[1])] === one[1])) inOrder.add(made);
    }
    for (const [{ span }, one, other, made] of found) {
      // Handed over in both orders, or to itself, it is done on purpose.
      if (inOrder.has(made) || holds(made.span, span)) continue;
      const homes = functionsAround(program, span).map(({ name }) => name);
      if ([made.name, ...homes].some((name) => TURNED.test(name))) continue;
      // All that a function does is to take them in another order.
      if (functionsAround(program, span).some((home) => isOnlyCall(home, span))) continue;
      // `rsub(a, b)` is `sub(b, a)`.
      if (homes.some((name) => name.replaceAll('_', '') === `r${made.name.replaceAll('_', '')}`)) continue;
      yield {
        at: span,
        message: `${one} and ${other} are handed over in each other’s place.`,
        evidence: [places(['the parameters', made.span])],
      };
    }
  },
};

/** Whether a function, but for its docstring, is that call of another and nothing else. */
function isOnlyCall({ body }: tree.FunctionDefinition, call: Span): boolean {
  const done = body.filter(({ kind, span }) => kind !== 'Expr' || !/^[rub]*["']/i.test(span.text));
  const [only] = done;
  return only?.kind === 'Return' && done.length === 1 && only.value?.span === call;
}

/** PyTorch's triplet losses take the anchor, what is like it, and what is not: by the names of what they are given. */
function* turnedTriplets(program: Program): Generator<Found> {
  if (!/Triplet|triplet_margin/.test(program.source)) return;
  const made = new Set(
    statementsOf(program).flatMap((one) =>
      one.kind === 'Assign' && /^(torch\.)?(nn\.)?TripletMargin\w*Loss\(/.test(one.value.span.text)
        ? targetsOf(one)
        : [],
    ),
  );
  const found: tree.Call[] = [];
  for (const node of callsOf(program)) {
    if (node.args.length < 3) continue;
    const callee = node.callee.span.text;
    if (!made.has(callee) && !/(^|\.)triplet_margin(_with_distance)?_loss$/.test(callee)) continue;
    const [, like, unlike] = node.args.map(({ span }) => span.text);
    const says = (text: string, word: string): boolean =>
      new RegExp(
        String.raw`^(${word[0] ?? ''}|${word}(itive|ative)?s?|\w+_${word}(itive|ative)?s?|${word}(itive|ative)?_\w+)$`,
        'i',
      ).test(text);
    if (says(like ?? '', 'neg') && says(unlike ?? '', 'pos')) found.push(node);
  }
  for (const { span } of found)
    yield {
      at: span,
      message:
        'What is like the anchor comes second and what is not third, and they are given the other way round.',
      evidence: [],
    };
}

/** `f(advantages=advantages, mask=advantages)`, where the function has a `mask` of its own. */
function* givenOfOther(program: Program): Generator<Found> {
  for (const owner of statementsOf(program)) {
    if (owner.kind !== 'FunctionDef') continue;
    const calls: tree.Call[] = [];
    eachNode(owner.body, (node) => {
      if (node.kind === 'Call' && node.keywords.length >= 4) calls.push(node);
    });
    if (calls.length === 0) continue;
    const bound = new Set(statementsIn(owner.body).flatMap((one) => targetsOf(one)));
    for (const { keywords, span } of calls) {
      const own = new Set(keywords.flatMap(({ name, value }) => (value.span.text === name ? [name] : [])));
      const other = keywords.find(
        ({ name, value }) =>
          name !== undefined &&
          value.kind === 'Name' &&
          value.id !== name &&
          own.has(value.id) &&
          bound.has(name) &&
          own.size >= 2,
      );
      // A function may be given the same twice where what it calls by that name is made after the call.
      if (other?.value.kind !== 'Name' || other.name === undefined) continue;
      const { name } = other;
      const otherName = other.value.id;
      const isMadeBefore = statementsIn(owner.body).some(
        (one) => one.span.end <= span.start && targetsOf(one).includes(name),
      );
      // The last of the logits is worth being called logits too.
      const isMadeOfIt = statementsIn(owner.body).some(
        (one) =>
          targetsOf(one).includes(otherName) &&
          new RegExp(String.raw`=.*(?<![.\w])${name}\b`, 's').test(one.span.text),
      );
      if (isMadeBefore && !isMadeOfIt)
        yield {
          at: other.value.span,
          message: `${name} is given ${other.value.id}, which is handed over under its own name too, and not the ${name} made before.`,
          evidence: [],
        };
    }
  }
}

/** Functions that say by their names that they turn round what they are given. */
const TURNED = /rev(erse|_|$)|inver|swap|flip|symm|mirror|back(ward)?s?(_|$)|transpos|opposite/i;

/** `x, y = y.float(), x.float()`: by methods of the same names; a plain exchange is meant. */
function isCrossed({ targets, value }: tree.Assign): boolean {
  const [target] = targets;
  if (targets.length !== 1 || target?.kind !== 'Tuple' || value.kind !== 'Tuple') return false;
  const [one, other] = target.items;
  const [first, second] = value.items;
  if (target.items.length !== 2 || value.items.length !== 2 || one?.kind !== 'Name' || other?.kind !== 'Name')
    return false;
  if (first?.kind !== 'Call' || second?.kind !== 'Call') return false;
  const rest = (text: string, name: string): string | undefined =>
    text.startsWith(`${name}.`) ? text.slice(name.length) : undefined;
  const [after, before] = [rest(first.span.text, other.id), rest(second.span.text, one.id)];
  return (
    after !== undefined &&
    after === before &&
    /^\.(float|long|double|half|to|cuda|cpu|view|reshape|type)\(/.test(after)
  );
}

/** Functions of the file, and methods by `self.`, that are written once under their name. */
function signaturesOf(program: Program): ReadonlyMap<string, tree.FunctionDefinition> {
  const all = new Map<string, tree.FunctionDefinition | undefined>();
  const put = (name: string, made: tree.FunctionDefinition): void => {
    all.set(name, all.has(name) ? undefined : made);
  };
  const methods = new Set<tree.Statement>();
  for (const one of classesOf(program))
    for (const method of one.body)
      if (method.kind === 'FunctionDef') {
        methods.add(method);
        if (methodOf(one, method.name) === method) put(`self.${method.name}`, method);
      }
  for (const one of statementsOf(program))
    if (one.kind === 'FunctionDef' && !methods.has(one)) put(one.name, one);
  return new Map([...all].flatMap(([name, made]) => (made === undefined ? [] : [[name, made] as const])));
}

function namesOf({ parameters }: tree.FunctionDefinition, isMethod: boolean): string[] {
  const names = parameters
    .filter(({ kind }) => kind === 'ordinary' || kind === 'positional-only')
    .map(({ name }) => name);
  return isMethod && names[0] === 'self' ? names.slice(1) : names;
}
