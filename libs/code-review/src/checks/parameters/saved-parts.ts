import type { Program } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';
import { functionAt, onlyGiving } from '../../ask/written-kinds.js';

const RUN = (save: string, load: string): string => `
import torch
from somewhere import net, optimizer
def save(epoch):
    ${save}
def resume():
    ${load}
    return kept['epoch']
`;
const KEPT =
  "torch.save({'net': net.state_dict(), 'optimizer': optimizer.state_dict(), 'epoch': epoch}, 'run.pt')";
const LOADED = "kept = torch.load('run.pt')";

export const savedArguments: Check = {
  id: 'saved-arguments',
  title: 'torch.save given its arguments the other way round',
  severity: 'error',
  why: 'torch.save takes what is saved first, and then where: a dict of weights cannot be opened as a file.',
  instead: 'torch.save(model.state_dict(), path)',
  needs: 'A dict, or `.state_dict()` of something, as the second argument.',
  wrong: [
    `
import torch
from somewhere import net
torch.save('net.pt', net.state_dict())  # <--
`,
  ],
  right: [
    `
import torch
from somewhere import net
torch.save(net.state_dict(), 'net.pt')
`,
  ],
  *run(program) {
    for (const call of callsOf(program)) {
      const [first, where] = call.args;
      if (call.callee.span.text !== 'torch.save' || first === undefined || where === undefined) continue;
      const isWeights =
        where.kind === 'Dict' || (where.kind === 'Call' && where.callee.span.text.endsWith('.state_dict'));
      if (!isWeights) continue;
      yield {
        at: call.span,
        message: `The second argument says where to save, and here it is what is to be saved: torch.save(${where.span.text}, ${first.span.text}).`,
        evidence: [],
      };
    }
  },
};

export const savedParts: Check = {
  id: 'saved-parts',
  title: 'Weights taken out of a checkpoint by another name than they were put in',
  severity: 'error',
  why: 'A checkpoint that holds several things gives each of them under its own name; under another there is nothing, and Python raises a KeyError.',
  instead: "model.load_state_dict(checkpoint['model']), by the name that it was saved under.",
  needs: 'A checkpoint of which other parts are read by the names that the same program saves them under.',
  wrong: [RUN(KEPT, `${LOADED}\n    net.load_state_dict(kept['model'])  # <--`)],
  right: [
    RUN(KEPT, `${LOADED}\n    net.load_state_dict(kept['net'])`),
    RUN(KEPT, `${LOADED}\n    if 'model' in kept:\n        net.load_state_dict(kept['model'])`),
    RUN(
      KEPT.replace(", 'run.pt')", ', other)').replace("'epoch'", "'when'"),
      `${LOADED}\n    net.load_state_dict(kept['model'])`,
    ),
    RUN(
      `state = {'epoch': epoch}\n    state['model'] = net.state_dict()\n    torch.save(state, 'run.pt')`,
      `${LOADED}\n    net.load_state_dict(kept['model'])`,
    ),
  ],
  *run(program) {
    if (!/load_state_dict/.test(program.source) || !/torch\.(save|load)/.test(program.source)) return;
    for (const call of callsOf(program)) {
      const [given] = call.args;
      if (
        call.callee.kind !== 'Attribute' ||
        call.callee.attribute !== 'load_state_dict' ||
        given === undefined
      )
        continue;
      const found = given.kind === 'Subscript' ? unsaved(program, given) : undefined;
      if (found !== undefined) yield found;
    }
  },
};

/** The name of a part, written out: no parameter's, which have dots. */
function keyOf(node: tree.Expression): string | undefined {
  return node.kind === 'Constant' && typeof node.value === 'string' && !node.value.includes('.')
    ? node.value
    : undefined;
}

/** What is read of a loaded file by name, in one function: the names, where the file is loaded once and under no question. */
function readOf(program: Program, of: tree.Expression): ReadonlyMap<string, Span> | undefined {
  if (of.kind !== 'Name' || isAsked(program, of.id)) return undefined;
  const scope = functionAt(program, of.span);
  const given = statementsOf(program).filter(
    (one) => targetsOf(one).includes(of.id) && functionAt(program, one.span) === scope,
  );
  const isLoaded = given.every(
    (one) => one.kind === 'Assign' && one.value.span.text.startsWith('torch.load('),
  );
  if (given.length === 0 || !isLoaded) return undefined;
  const read = new Map<string, Span>();
  for (const { value, index, span } of nodesOf(program, 'Subscript')) {
    const key = keyOf(index);
    if (
      key === undefined ||
      value.kind !== 'Name' ||
      value.id !== of.id ||
      functionAt(program, span) !== scope
    )
      continue;
    read.set(key, span);
  }
  return read;
}

/** Whether it is asked what the file holds before it is read. */
function isAsked(program: Program, name: string): boolean {
  return new RegExp(
    `\\bin ${name}\\b|isinstance\\(${name}\\b|\\b${name}\\.(get|keys|pop)\\(|hasattr\\(${name}\\b|del ${name}\\b`,
  ).test(program.source);
}

/** `net.load_state_dict(kept['model'])`, of a file that is saved with other names. */
function unsaved(program: Program, given: tree.Subscript): Found | undefined {
  const key = keyOf(given.index);
  const read = readOf(program, given.value);
  if (key === undefined || read === undefined) return undefined;
  const saved = savedNames(program);
  // Other parts of the same file have the names that they are saved under here, so that it is this program's own.
  const others = [...read.keys()].filter((one) => one !== key);
  if (saved === undefined || saved.has(key) || others.length === 0 || !others.every((one) => saved.has(one)))
    return undefined;
  return {
    at: given.span,
    message: `Nothing is saved under '${key}': the names in the file are ${[...saved.keys()].map((one) => `'${one}'`).join(', ')}.`,
    evidence: [places(['what is saved', [...saved.values()][0]])],
  };
}

/** The names that the program saves anything under; undefined where not all are written. */
function savedNames(program: Program): ReadonlyMap<string, Span> | undefined {
  const names = new Map<string, Span>();
  for (const call of callsOf(program)) {
    if (!SAVING.test(call.callee.span.text)) continue;
    for (const [at, one] of call.args.entries()) {
      const dict = one.kind === 'Dict' ? one : one.kind === 'Name' ? dictOf(program, one) : undefined;
      if (dict === undefined) {
        // What the program's own function is given to save is looked at where it is called.
        if (isHandedOn(program, one)) continue;
        if (
          at === 0 &&
          /^torch\.save$/.test(call.callee.span.text) &&
          !one.span.text.endsWith('state_dict()')
        )
          return undefined;
        continue;
      }
      for (const { key } of dict.entries) {
        const name = key && keyOf(key);
        if (key === undefined || name === undefined) return undefined;
        names.set(name, key.span);
      }
    }
  }
  return names;
}

/** Whether something is a parameter of a function of the program's that saves what it is given. */
function isHandedOn(program: Program, node: tree.Expression): boolean {
  const around = functionAt(program, node.span);
  if (node.kind !== 'Name' || around === undefined || !SAVING.test(around.name)) return false;
  return around.parameters.some(({ name }) => name === node.id);
}

const SAVING = /(^|\.)save(_checkpoint|_model|_on_master)?$/;

/** The dict that a name is given, where nothing is added to it. */
function dictOf(program: Program, name: tree.Name): tree.DictLiteral | undefined {
  const given = onlyGiving(program, name.id, name.span);
  const isAdded = statementsOf(program).some((one) =>
    targetsOf(one).some((text) => text.startsWith(`${name.id}[`)),
  );
  const isUpdated = new RegExp(`\\b${name.id}\\.update\\(`).test(program.source);
  return given?.kind === 'Assign' && given.value.kind === 'Dict' && !isAdded && !isUpdated
    ? given.value
    : undefined;
}
