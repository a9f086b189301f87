import type { Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { statesLoaded } from '../../ask/checkpoints.js';
import { callsOf, statementsOf, targetsOf } from '../../ask/tree.js';

const KEPT = (save: string, load: string): string => `
import torch
import torch.nn as nn
net = nn.Linear(4, 2)
torch.save(${save}, 'net.pt')
${load}
`;
const SAVE = 'net.state_dict()';
const LOAD = "net.load_state_dict(torch.load('net.pt'))";

export const stateUncalled: Check = {
  id: 'state-uncalled',
  title: 'The method that gives the weights is saved, and not the weights',
  severity: 'error',
  why: 'Without its parentheses state_dict is a method: saved is the object that it belongs to, and load_state_dict raises an error when it is given that back.',
  instead: 'torch.save(model.state_dict(), path)',
  needs: 'torch.save, or a dict that is saved, given `.state_dict` of something without a call.',
  wrong: [
    KEPT('net.state_dict', LOAD).replace("'net.pt')\n", "'net.pt')  # <--\n"),
    KEPT("{'net': net.state_dict, 'epoch': 3}", LOAD).replace("'net.pt')\n", "'net.pt')  # <--\n"),
  ],
  right: [KEPT(SAVE, LOAD)],
  *run(program) {
    if (!/\.state_dict\b(?!\s*\()/.test(program.source)) return;
    for (const call of callsOf(program)) {
      const [first] = call.args;
      if (call.callee.span.text !== 'torch.save' || first === undefined) continue;
      const given = first.kind === 'Dict' ? first.entries.map(({ value }) => value) : [first];
      const method = given.find((one) => one.kind === 'Attribute' && one.attribute === 'state_dict');
      if (method === undefined) continue;
      yield {
        at: call.span,
        message: `${method.span.text} is saved as a method: its parentheses are left out.`,
        evidence: [],
      };
    }
  },
};

export const stateOfPath: Check = {
  id: 'state-of-path',
  title: 'The name of a file for the weights in it',
  severity: 'error',
  why: 'load_state_dict wants the dict itself, and raises an error where it is given the name of a file.',
  instead: 'model.load_state_dict(torch.load(path))',
  needs:
    'load_state_dict given a text, or a name that is that of a file: a text elsewhere, or called a path.',
  wrong: [
    KEPT(SAVE, "net.load_state_dict('net.pt')  # <--"),
    KEPT(SAVE, "model_path = 'net.pt'\nnet.load_state_dict(model_path)  # <--"),
  ],
  right: [KEPT(SAVE, LOAD)],
  *run(program) {
    for (const { given, call } of statesLoaded(program)) {
      const { text } = given.span;
      if (!/^[rfb]?(['"]).*\1$/s.test(text) && !isPath(program, text)) continue;
      yield {
        at: call.span,
        message: 'The name of a file is given here, and the dict of weights is wanted.',
        evidence: [],
      };
    }
  },
};

/** Whether a name is that of a file by all that the program does with it. */
function isPath(program: Program, name: string): boolean {
  if (!/^[\w.]+$/.test(name)) return false;
  const sets = statementsOf(program).filter((one) => targetsOf(one).includes(name));
  if (sets.length > 0)
    return sets.every(
      (one) =>
        one.kind === 'Assign' && /^([rf]?['"]|(os\.path\.|osp\.)?(join|Path)\()/.test(one.value.span.text),
    );
  const last = name.split('.').at(-1) ?? name;
  if (/(^|_)(path|file|filename|file_?path)$/i.test(last)) return true;
  // A setting that is a file elsewhere.
  return (
    name.includes('.') &&
    callsOf(program).some(
      ({ callee, args }) =>
        (/^(open|os\.path\.(exists|isfile|join|basename)|torch\.load)$/.test(callee.span.text) &&
          args[0]?.span.text === name) ||
        (callee.span.text === 'torch.save' && args[1]?.span.text === name),
    )
  );
}
