import { eachNode, namesIn } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Found } from '../../check.js';
import { boundBy, functionsAround, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

/** `h, c = h[:, order], h[:, order]`, where c had a value of its own that nothing has read. */
export function* takenTwice(program: Program): Generator<Found> {
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Assign' || one.value.kind !== 'Tuple' || one.targets.length !== 1) continue;
    const [target] = one.targets;
    if (target?.kind !== 'Tuple' || target.items.length !== 2 || one.value.items.length !== 2) continue;
    const [first, second] = target.items.map(({ span }) => span.text);
    const [value, other] = one.value.items;
    if (value === undefined || other === undefined || first === undefined || second === undefined) continue;
    if (value.span.text.replaceAll(/\s/g, '') !== other.span.text.replaceAll(/\s/g, '')) continue;
    if (first === second || !value.span.text.startsWith(first) || !speaksOf(value, first)) continue;
    const home = functionsAround(program, one.span).at(-1);
    const body = statementsIn(home?.body ?? program.body);
    const made = body.findLast(
      (before) => before.span.end <= one.span.start && targetsOf(before).includes(second),
    );
    if (made?.kind !== 'Assign' || !targetsOf(made).includes(first)) continue;
    let reads = 0;
    eachNode(home?.body ?? program.body, (node) => {
      if (node.kind === 'Name' && node.id === second)
        if (node.span.start > made.span.end && node.span.end < one.span.start) reads++;
    });
    if (reads > 0) continue;
    yield {
      at: one.span,
      message: `${second} is made of ${first} as ${first} is; what ${second} was before is lost.`,
      evidence: [],
    };
  }
}

function speaksOf(node: object, name: string): boolean {
  let speaks = false;
  eachNode([node], (one) => {
    speaks ||= one.kind === 'Name' && one.id === name;
  });
  return speaks;
}

/**
 * `query = key.reshape(…)` where an argument `query` had been handed over and nothing but its sizes was read, beside
 * `key = key.reshape(…)`: the name was not changed with the rest.
 */
export function* argumentsOverwritten(program: Program): Generator<Found> {
  for (const owner of statementsOf(program)) {
    if (owner.kind !== 'FunctionDef' || !/^(forward|__call__|call)$/.test(owner.name)) continue;
    const names = new Set(owner.parameters.slice(1).map(({ name }) => name));
    if (names.size < 2) continue;
    const turned = owner.body.flatMap((one) => {
      const [name = ''] = targetsOf(one);
      if (one.kind !== 'Assign' || !names.has(name) || one.value.kind !== 'Call') return [];
      const { callee } = one.value;
      const from = callee.kind === 'Attribute' && callee.value.kind === 'Name' ? callee.value.id : undefined;
      return from !== undefined && callee.kind === 'Attribute'
        ? [{ one, name, from, method: callee.attribute }]
        : [];
    });
    for (const { one, name, from, method } of turned) {
      if (from === name || !names.has(from)) continue;
      const model = turned.find(
        (other) => other.name === from && other.from === from && other.method === method,
      );
      if (model === undefined || readsOf(owner.body, name, one.span.start) > 0) continue;
      yield {
        at: one.span,
        message: `${name} is made of ${from}, and what was handed over as ${name} is never used.`,
        evidence: [],
      };
    }
  }
}

/** How often a name is read before a place, sizes aside. */
function readsOf(body: object, name: string, before: number): number {
  const sizes = new Set<object>();
  let reads = 0;
  eachNode(body, (node) => {
    if (node.kind === 'Attribute' && /^(size|shape|dim|device|dtype)$/.test(node.attribute))
      sizes.add(node.value);
    if (node.kind === 'Name' && node.id === name && node.span.start < before && !sizes.has(node)) reads++;
  });
  return reads;
}

/** What examples are called. */
const EXAMPLES = /^(inputs?|x|xs|data|batch|images?|imgs?|features?|seq|sequences?|src|obs|states?)$/i;

/**
 * `def forward(self, x): x = self.fc(input)`: what was handed over is read nowhere, and in its place stands a name of the file itself,
 * or Python's own `input`.
 */
export function* globalsForArguments(program: Program): Generator<Found> {
  const ofFile = namesOfFile(program);
  for (const owner of statementsOf(program)) {
    if (owner.kind !== 'FunctionDef') continue;
    const parameters = owner.parameters.map(({ name }) => name);
    const unread = parameters.filter((name) => EXAMPLES.test(name) && !isRead(owner, name));
    const [ignored] = unread;
    if (ignored === undefined || unread.length !== 1) continue;
    const own = new Set([...parameters, ...statementsIn(owner.body).flatMap((one) => boundBy(one))]);
    // Functions within, and what is gathered, have names of their own.
    eachNode(owner.body, (node) => {
      if (node.kind === 'FunctionDef' || node.kind === 'Lambda')
        for (const { name } of node.parameters) own.add(name);
      if ('clauses' in node)
        for (const { target } of node.clauses) for (const name of namesIn(target)) own.add(name);
    });
    let read: tree.Name | undefined;
    const called = new Set<object>();
    eachNode(owner.body, (node) => {
      if (node.kind === 'Call') called.add(node.callee);
      if (node.kind !== 'Name' || !EXAMPLES.test(node.id) || own.has(node.id) || called.has(node)) return;
      if (ofFile.has(node.id) || node.id === 'input') read ??= node;
    });
    if (read === undefined) continue;
    yield {
      at: read.span,
      message: `${read.id} is none of the arguments of ${owner.name}, and what is handed over as ${ignored} is never used.`,
      evidence: [],
    };
  }
}

/** Names that the file gives values outside of functions and classes. */
function namesOfFile(program: Program): ReadonlySet<string> {
  return new Set(
    statementsIn(program.body).flatMap((one) =>
      one.kind === 'Assign' || one.kind === 'For' ? boundBy(one) : [],
    ),
  );
}

/** Whether a function reads what it is given under a name, before it gives the name another value. */
function isRead({ body }: tree.FunctionDefinition, name: string): boolean {
  const overwritten = body.find((one) => one.kind === 'Assign' && targetsOf(one).includes(name));
  const end = overwritten?.span.end ?? Infinity;
  const targets = new Set<object>(overwritten?.kind === 'Assign' ? overwritten.targets : []);
  let isRead = false;
  eachNode(body, (node) => {
    if (node.kind === 'Name' && node.id === name && node.span.start < end && !targets.has(node))
      isRead = true;
  });
  return isRead || body.some(({ span }) => /\blocals\(\)/.test(span.text));
}
