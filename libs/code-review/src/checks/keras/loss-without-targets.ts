import { eachNode, isCertain, kerasOf } from '@tensormark/frameworks';
import type { Datum, Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsOf } from '../../ask/tree.js';

export const lossWithoutTargets: Check = {
  id: 'loss-without-targets',
  title: 'A loss of the program’s own that leaves out the targets',
  severity: 'design',
  why: 'What is made small then says nothing of what is right: the network learns to please the formula, whatever the labels are.',
  instead: 'Compare y_pred with y_true in it.',
  needs: 'A function that compile is given as the loss, that computes with its second argument alone.',
  wrong: [
    `
import keras.backend as K
from keras.models import Sequential
from keras.layers import Dense
def spread(y_true, y_pred):  # <--
    return K.mean(K.square(y_pred - K.mean(y_pred)))
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.compile(loss=spread, optimizer='adam')
`,
  ],
  right: [
    `
import keras.backend as K
from keras.models import Sequential
from keras.layers import Dense
def triplet(y_true, y_pred):
    anchor, near, far = y_pred[:, 0:8], y_pred[:, 8:16], y_pred[:, 16:24]
    return K.maximum(K.sum(K.square(anchor - near), axis=1) - K.sum(K.square(anchor - far), axis=1) + 0.2, 0)
def as_it_is(y_true, y_pred):
    return K.mean(y_pred)
model = Sequential([Dense(24, input_dim=4, activation='relu'), Dense(24)])
model.compile(loss=triplet, optimizer='adam')
other = Sequential([Dense(24, input_dim=4, activation='relu'), Dense(1)])
other.compile(loss=as_it_is, optimizer='adam')
`,
  ],
  *run(program) {
    for (const { compiles } of kerasOf(program).models)
      for (const { lossGiven, moment } of compiles) {
        const definition = isCertain(moment) ? definitionOf(program, lossGiven) : undefined;
        if (definition === undefined || !leavesOut(definition)) continue;
        yield {
          at: definition.nameSpan,
          message: `${definition.name} computes with what the network gives alone, and not with the targets.`,
          evidence: [places(['the loss is given here', moment.span])],
        };
      }
  },
};

function definitionOf(program: Program, datum: Datum | undefined): tree.FunctionDefinition | undefined {
  if (typeof datum !== 'object' || datum === null || !('kind' in datum) || datum.kind !== 'function')
    return undefined;
  const found = statementsOf(program).filter(
    (node): node is tree.FunctionDefinition => node.kind === 'FunctionDef' && node.name === datum.name,
  );
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Whether a loss computes something of the predictions and names neither the targets nor anything else. Parts of the predictions may be
 * what is compared with each other, and a network may give its loss itself.
 */
function leavesOut({ body, parameters }: tree.FunctionDefinition): boolean {
  const [targets, predicted] = parameters.map(({ name }) => name);
  if (parameters.length !== 2 || targets === undefined || predicted === undefined) return false;
  let [namesTargets, namesPredicted, isParted, isComputed] = [false, false, false, false];
  const bound = new Set<string>([predicted]);
  eachNode(body, (node) => {
    if (node.kind === 'Subscript' || node.kind === 'For' || node.kind === 'FunctionDef') isParted = true;
    if (node.kind === 'Call' && /(^|\.)(split|unstack|gather|add_loss)$/.test(node.callee.span.text))
      isParted = true;
    if (node.kind === 'BinOp') isComputed = true;
    if (node.kind === 'Assign')
      for (const target of node.targets) if (target.kind === 'Name') bound.add(target.id);
    if (node.kind !== 'Name') return;
    namesTargets ||= node.id === targets;
    namesPredicted ||= node.id === predicted;
    // Something from outside may be what stands for the targets.
    if (!bound.has(node.id) && !/^(K|tf|keras|ops|backend|math|np)$/.test(node.id)) isParted = true;
  });
  return namesPredicted && isComputed && !namesTargets && !isParted;
}
