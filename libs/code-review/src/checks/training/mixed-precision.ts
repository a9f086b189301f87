import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { callsOf, holds, loopsOf, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

/** A call of a method: `scaler.step(optimizer)`. */
interface Method {
  readonly of: string;
  readonly name: string;
  readonly span: Span;
}

/** The calls of methods of a piece of the program, in order. */
function methodsIn(root: object): Method[] {
  const found: Method[] = [];
  eachNode(root, (node) => {
    if (node.kind === 'Call' && node.callee.kind === 'Attribute')
      found.push({ of: node.callee.value.span.text, name: node.callee.attribute, span: node.span });
  });
  return found.toSorted((a, b) => a.span.start - b.span.start);
}

/** What scales losses: `s` of `s.scale(loss).backward()`. */
function scalersOf(program: Program): ReadonlySet<string> {
  const scalers = new Set<string>();
  for (const node of callsOf(program)) {
    if (node.callee.kind !== 'Attribute' || node.callee.attribute !== 'backward') continue;
    const scaled: tree.Expression = node.callee.value;
    if (scaled.kind === 'Call' && scaled.callee.kind === 'Attribute' && scaled.callee.attribute === 'scale')
      scalers.add(scaled.callee.value.span.text);
  }
  return scalers;
}

/** Whether something is handed on, to what may use it otherwise. */
function isHandedOn(program: Program, name: string): boolean {
  return callsOf(program).some(({ args, keywords }) =>
    [...args, ...keywords.map(({ value }) => value)].some(({ span }) => span.text === name),
  );
}

/** `optimizer.step()` after an `if` that has `scaler.step(optimizer)` in it, or right after that. */
function steppedAgain(program: Program, scaler: string): tree.Statement | undefined {
  const blocks = [...loopsOf(program).map(({ body }) => body), program.body];
  for (const kind of ['FunctionDef', 'With'] as const)
    for (const { body } of nodesOf(program, kind)) blocks.push(body);
  for (const block of blocks)
    for (const [at, one] of block.entries()) {
      const inside = one.kind === 'If' ? one.body : [one];
      const optimizer = inside
        .map(({ kind, span }) => (kind === 'Expr' ? span.text : ''))
        .map((text) =>
          text.startsWith(`${scaler}.step(`) ? /\(\s*([\w.]+)\s*\)$/.exec(text)?.[1] : undefined,
        )
        .find((name) => name !== undefined);
      // Left by then, it does not go on to the next.
      if (optimizer === undefined || inside.some(({ kind }) => /^(Return|Continue|Break|Raise)$/.test(kind)))
        continue;
      const again = block
        .slice(at + 1, at + 4)
        .find(
          ({ kind, span }) => kind === 'Expr' && span.text.replaceAll(/\s/g, '') === `${optimizer}.step()`,
        );
      if (again !== undefined) return again;
    }
  return undefined;
}

const AMP = `${PRELUDE}
scaler = torch.cuda.amp.GradScaler()
for inputs, labels in loader:
    optimizer.zero_grad()
    with torch.cuda.amp.autocast():
        loss = criterion(model(inputs), labels)
    scaler.scale(loss).backward()
`;

export const scalerUse: Check = {
  id: 'scaler-use',
  title: 'A scaled loss whose step does not go through the scaler',
  severity: 'warning',
  why: 'Gradients of a scaled loss are tens of thousands of times too large: scaler.step() divides them, and without update() the scale never changes, so that overflows go on.',
  instead: 'Call scaler.step(optimizer) and then scaler.update().',
  needs: 'A loss that is scaled by a scaler that stays in the file.',
  wrong: [
    `${AMP.replace('scaler.scale(loss).backward()', 'loss.backward()  # <--')}    scaler.step(optimizer)
    scaler.update()
`,
    `${PRELUDE}
def train(scaler):
    for inputs, labels in loader:
        with torch.cuda.amp.autocast(enabled=scaler is not None):
            loss = criterion(model(inputs), labels)
        optimizer.zero_grad()
        if scaler is not None:
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
        else:
            loss.backward()
        optimizer.step()  # <--
`,
    `${AMP}    scaler.step(optimizer)  # <--
`,
    `${AMP}    optimizer.step()  # <--
    scaler.update()
`,
  ],
  right: [
    `${PRELUDE}
def train(scaler):
    for inputs, labels in loader:
        with torch.cuda.amp.autocast(enabled=scaler is not None):
            loss = criterion(model(inputs), labels)
        optimizer.zero_grad()
        if scaler is not None:
            scaler.scale(loss).backward()
            scaler.step(optimizer)
            scaler.update()
            continue
        loss.backward()
        optimizer.step()
`,
    `${AMP}    scaler.step(optimizer)
    scaler.update()
`,
  ],
  *run(program) {
    if (!/\.scale\(|GradScaler/.test(program.source)) return;
    const methods = methodsIn(program.body);
    yield* neverScaled(program, methods);
    for (const scaler of scalersOf(program)) {
      if (isHandedOn(program, scaler)) continue;
      const own = methods.filter(({ of }) => of === scaler);
      const step = own.find(({ name }) => name === 'step');
      const twice = step && steppedAgain(program, scaler);
      if (twice !== undefined)
        yield {
          at: twice.span,
          message: `The optimiser steps once more after ${scaler}.step(), which has taken the step already.`,
          evidence: [places([`${scaler}.step() is called here`, step?.span])],
        };
      if (step === undefined) {
        if (own.some(({ name }) => name.startsWith('unscale')) && !own.some(({ name }) => name === 'update'))
          continue;
        const plain = methods.find(
          ({ of, name, span }) =>
            name === 'step' &&
            /opt/i.test(of) &&
            loopsOf(program).some(
              (loop) => holds(loop.span, span) && loop.span.text.includes(`${scaler}.scale(`),
            ),
        );
        if (plain === undefined) continue;
        yield {
          at: plain.span,
          message: `The loss is scaled, and the optimiser steps by its gradients as they are: ${scaler}.step() is to divide them.`,
          evidence: [places(['the loss is scaled', own[0]?.span])],
        };
      } else if (!own.some(({ name }) => name === 'update'))
        yield {
          at: step.span,
          message: `${scaler}.update() is called nowhere: the scale stays what it is, whatever overflows.`,
          evidence: [places(['the loss is scaled', own[0]?.span])],
        };
    }
  },
};

/** The only `loss.backward()` of a program that makes a scaler which steps and never scales. */
function* neverScaled(program: Program, methods: readonly Method[]): Generator<Found> {
  for (const made of statementsOf(program)) {
    const [scaler] =
      made.kind === 'Assign' && /GradScaler\(/.test(made.value.span.text) ? targetsOf(made) : [];
    if (scaler === undefined || isHandedOn(program, scaler)) continue;
    const own = methods.filter(({ of }) => of === scaler);
    const step = own.find(({ name }) => name === 'step');
    const backwards = methods.filter(({ name }) => name === 'backward');
    const [only] = backwards;
    if (step === undefined || own.some(({ name }) => name === 'scale') || backwards.length !== 1) continue;
    if (only === undefined || !/^\w*loss\w*$/i.test(only.of)) continue;
    yield {
      at: only.span,
      message: `The loss is not scaled here, and ${scaler}.step() divides the gradients by the scale all the same.`,
      evidence: [places(['the step is taken', step.span])],
    };
  }
}

export const clipScaled: Check = {
  id: 'clip-scaled',
  title: 'Gradients are clipped while they are still scaled',
  severity: 'warning',
  why: 'Scaled gradients are far above any limit: clipped, all of them are cut, and after being divided almost nothing is left of them.',
  instead: 'Call scaler.unscale_(optimizer) before clipping.',
  needs: 'A scaled loss, and a clipping of gradients between its backward() and scaler.step().',
  wrong: [
    `${AMP}    nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # <--
    scaler.step(optimizer)
    scaler.update()
`,
  ],
  right: [
    `${AMP}    scaler.unscale_(optimizer)
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    scaler.step(optimizer)
    scaler.update()
`,
  ],
  *run(program) {
    if (!/clip_grad_/.test(program.source) || /unscale/.test(program.source)) return;
    for (const scaler of scalersOf(program)) {
      if (isHandedOn(program, scaler)) continue;
      const methods = methodsIn(program.body);
      const scaled = methods.find(({ of, name }) => of === scaler && name === 'scale');
      const step = methods.find(({ of, name }) => of === scaler && name === 'step');
      if (scaled === undefined || step === undefined) continue;
      const clip = callsNamed(program, /clip_grad_(norm|value)_?$/).find(
        ({ start }) => start > scaled.span.start && start < step.span.start,
      );
      if (clip === undefined) continue;
      yield {
        at: clip,
        message: 'The gradients clipped here are those of the scaled loss.',
        evidence: [places(['the loss is scaled', scaled.span], ['the scaler divides them', step.span])],
      };
    }
  },
};

function callsNamed(program: Program, pattern: RegExp): Span[] {
  return callsOf(program)
    .flatMap(({ callee, span }) => (pattern.test(callee.span.text) ? [span] : []))
    .toSorted((a, b) => a.start - b.start);
}
