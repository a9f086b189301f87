import { eachNode, isValue } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { holds, loopsOf, statementsIn, targetsOf, usesOf } from '../../ask/tree.js';

const DECODE = (state: string, given = 'state', mark = ''): string => `
import torch
import torch.nn as nn

class Speaker(nn.Module):
    def __init__(self, words, width):
        super().__init__()
        self.words, self.rnn, self.out = nn.Embedding(words, width), nn.GRU(width, width, batch_first=True), nn.Linear(width, words)

    def start(self, rows):
        return torch.zeros(1, rows, self.rnn.hidden_size)

    def forward(self, token, state):
        out, state = self.rnn(self.words(token), state)
        return self.out(out[:, -1]), state

@torch.no_grad()
def speak(net, first, length):
    state = net.start(1)
    token, said = torch.tensor([[first]]), []
    for _ in range(length):
        scores, ${state} = net(token, ${given})${mark}
        token = scores.argmax(1, keepdim=True)
        said.append(token.item())
    return said
`;

const STEPS = (given: string): string => `
import torch
import torch.nn as nn
rnn, head = nn.GRU(8, 16), nn.Linear(16, 3)
def learn(steps, targets, optimizer):
    state, loss = torch.zeros(1, 1, 16), 0
    optimizer.zero_grad()
    for t in range(20):
        ${given} = rnn(steps[t].view(1, 1, -1), state)
        loss = loss + nn.functional.cross_entropy(head(seen[0]), targets[t])
    loss.backward()
    optimizer.step()
`;

export const stateLost: Check = {
  id: 'state-lost',
  title: 'The state of a recurrent network is not carried on',
  severity: 'warning',
  why: 'Fed one step at a time, a recurrent network remembers by its state alone: begun anew at each step, it knows of nothing but the last token.',
  instead: 'Give it the state that it returned: output, state = net(token, state).',
  needs:
    'A loop that feeds a recurrent network what it said itself, and a state that nothing in the loop brings up to date.',
  wrong: [
    DECODE('_', 'state', '  # <--'),
    DECODE('state', 'net.start(1)', '  # <--'),
    STEPS('seen, _').replace(', state)', ', state)  # <--'),
    STEPS('seen, _').replace(
      'rnn(steps[t].view(1, 1, -1), state)',
      'rnn(input=torch.stack([one[t] for one in steps])[None], hx=state)  # <--',
    ),
  ],
  right: [
    STEPS('seen, state'),
    DECODE('state'),
    DECODE('other').replace('said.append', 'state = other; said.append'),
  ],
  *run(program) {
    if (!/GRU|LSTM|RNN/.test(program.source)) return;
    yield* stepsApart(program);
    yield* statesThrownAway(program);
    for (const loop of loopsOf(program)) {
      const body = statementsIn(loop.body);
      const text = loop.span.text;
      if (/backward\(/.test(text)) continue;
      for (const call of body) {
        if (call.kind !== 'Assign' || call.value.kind !== 'Call' || call.value.args.length < 2) continue;
        const [outputs, state] = targetsOf(call);
        const [input, ...others] = call.value.args;
        if (outputs === undefined || state === undefined || input?.kind !== 'Name') continue;
        if (!isFedBack(body, call, input.id, outputs) || !takesState(program, call)) continue;
        // What the loop gives a value may be the state as it is by now.
        const bound = new Set(body.flatMap((one) => targetsOf(one)));
        const names = others.flatMap((one) => namesIn(one));
        if (names.some((name) => bound.has(name) && name !== input.id)) continue;
        const isKept = state !== '_' && usesOf(loop, state).length > 1;
        if (isKept || others.every((one) => one.kind === 'Constant')) continue;
        yield {
          at: call.span,
          message: 'The state that this gives is not what the next turn is given: each step begins anew.',
          evidence: [places(['the loop', loop.span])],
        };
      }
    }
  },
};

/** Steps of one sequence, `net(steps[t], state)`, each of them given the state from before the loop. */
function* stepsApart(program: Program): Generator<Found> {
  for (const loop of loopsOf(program)) {
    if (loop.kind !== 'For' || loop.target.kind !== 'Name') continue;
    const at = loop.target.id;
    const body = statementsIn(loop.body);
    const bound = new Set(body.flatMap((one) => targetsOf(one)));
    for (const call of body) {
      if (call.kind !== 'Assign' || call.value.kind !== 'Call') continue;
      const [given, state, ...more] = call.value.args;
      const input = given && partBehind(given);
      if (input?.kind !== 'Subscript' || !new RegExp(String.raw`\b${at}\b`).test(input.index.span.text))
        continue;
      if (state === undefined || more.length > 0 || bound.has(input.value.span.text)) continue;
      // A name or several, none of which the loop sets or writes to.
      const names = namesIn(state);
      if (state.kind !== 'Name' && state.kind !== 'Tuple') continue;
      if (names.length === 0 || names.some((name) => bound.has(name) || isWrittenTo(loop, name))) continue;
      const isCell = /(^|[._])(\w*(lstm|gru|rnn|cell))(_\w{1,3}|\d)?$/i.test(call.value.callee.span.text);
      if (!isCell && !takesState(program, call)) continue;
      yield {
        at: call.span,
        message: `${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} what stood there before the loop: no step is given the state that the one before it left.`,
        evidence: [places(['the loop', loop.span])],
      };
    }
  }
}

/** What methods lay out otherwise: `steps[t].view(1, 1, -1)`. */
function partBehind(node: tree.Expression): tree.Expression {
  return node.kind === 'Call' && node.callee.kind === 'Attribute' ? partBehind(node.callee.value) : node;
}

/** Whether something is put into what a name stands for: `states[0] = new`, `states.append(new)`. */
function isWrittenTo(loop: tree.For, name: string): boolean {
  return new RegExp(
    String.raw`\b${name}(\[[^\]]*\]\s*=[^=]|\.\w*(append|copy_|insert|set|update)\w*\()`,
  ).test(loop.span.text);
}

/** Whether the loop makes the next input of what the network gives. */
function isFedBack(
  body: readonly tree.Statement[],
  call: tree.Assign,
  input: string,
  outputs: string,
): boolean {
  const made = new Set([outputs]);
  // What stands before the call in the loop is done with what the turn before gave.
  for (let round = 0; round < 2; round++)
    for (const one of body) {
      if (one === call || !namesIn(one).some((name) => made.has(name))) continue;
      if (targetsOf(one).includes(input)) return true;
      for (const name of targetsOf(one)) made.add(name);
    }
  return false;
}

function namesIn(root: object): string[] {
  const found: string[] = [];
  eachNode(root, (node) => {
    if (node.kind === 'Name') found.push(node.id);
  });
  return found;
}

/** Whether a recurrent layer is given a state within a call. */
function takesState(program: Program, call: tree.Assign): boolean {
  const calls = eventsOf(program, 'module-call');
  const outer = calls.filter(({ moment: { span } }) => span !== undefined && holds(call.span, span));
  return calls.some(
    ({ module, args, moment }) =>
      /^(GRU|LSTM|RNN)(Cell)?$/.test(module.type) &&
      (isValue(args.positional[1]) || Array.isArray(args.positional[1])) &&
      outer.some((one) => one.moment.at <= moment.at && isWithin(moment.activation, one.moment.span?.start)),
  );
}

function isWithin(
  activation:
    { readonly calledAt: { readonly start: number } | undefined; readonly outer: unknown } | undefined,
  start: number | undefined,
): boolean {
  return activation?.calledAt?.start === start;
}

/** `out, _ = net(x=x, hidden=hidden)` for each step of a sequence, where nothing in the loop gives hidden another value. */
function* statesThrownAway(program: Program): Generator<Found> {
  for (const loop of loopsOf(program)) {
    if (loop.kind !== 'For' || loop.target.kind !== 'Name' || !loop.iterable.span.text.startsWith('range('))
      continue;
    const step = new RegExp(String.raw`\[${loop.target.id}(\s*\+\s*1)?\]`);
    if (!step.test(loop.body.map(({ span }) => span.text).join('\n'))) continue;
    const body = statementsIn(loop.body);
    const bound = new Set(body.flatMap((one) => targetsOf(one)));
    for (const call of body) {
      if (call.kind !== 'Assign' || call.value.kind !== 'Call') continue;
      const [, state, ...more] = targetsOf(call);
      const given = call.value.keywords.find(({ name }) =>
        /^(hidden|state|hx|h_?0?)$/.test(name ?? ''),
      )?.value;
      if (state !== '_' || more.length > 0 || given?.kind !== 'Name') continue;
      if (bound.has(given.id) || isWrittenTo(loop, given.id)) continue;
      yield {
        at: call.span,
        message: `${given.id} is what stood there before the loop: no step is given the state that the one before it left.`,
        evidence: [places(['the loop', loop.span])],
      };
    }
  }
}
