import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { classesOf, methodOf, statementsIn, targetsOf } from '../../ask/tree.js';

const LAYERS = `
from tensorflow.keras.layers import Layer
`;

export const weightOfBatch: Check = {
  id: 'weight-of-batch',
  title: 'A weight as large as the batch',
  severity: 'error',
  why: 'The shape that build is given begins with the size of the batch, which is None: a weight of it cannot be made, and one for each example of a batch would mean nothing.',
  instead: 'Leave the first size out: shape=input_shape[1:], or shape=(input_shape[-1], self.units).',
  needs:
    'add_weight in build of a layer of the program’s own, with the shape that build was given as it is, or with its first size.',
  wrong: [
    `${LAYERS}
class Weighed(Layer):
    def build(self, input_shape):
        self.by = self.add_weight(name='by', shape=input_shape, initializer='ones')  # <--
        super().build(input_shape)
    def call(self, x):
        return x * self.by
`,
    `${LAYERS}
class Mixed(Layer):
    def build(self, input_shape):
        self.by = self.add_weight(shape=(input_shape[0], 32), initializer='glorot_uniform', trainable=True)  # <--
    def call(self, x):
        return x @ self.by
`,
  ],
  right: [
    `${LAYERS}
class Weighed(Layer):
    def build(self, input_shape):
        self.by = self.add_weight(name='by', shape=input_shape[1:], initializer='ones')
    def call(self, x):
        return x * self.by
class Joined(Layer):
    def build(self, input_shape):
        input_shape = input_shape[1:]
        self.by = self.add_weight(shape=input_shape, initializer='ones')
    def call(self, x):
        return x * self.by
class Pair(Layer):
    def build(self, shapes):
        self.by = self.add_weight(shape=(shapes[0][-1], shapes[1][-1]), initializer='ones')
    def call(self, both):
        return both[0] @ self.by
`,
  ],
  *run(program) {
    if (!program.source.includes('add_weight')) return;
    for (const one of classesOf(program)) {
      if (!one.bases.some(({ span }) => /(^|\.)(Layer|Layers?\.Layer)$/.test(span.text))) continue;
      const build = methodOf(one, 'build');
      const given = build?.parameters[1]?.name;
      if (build === undefined || given === undefined) continue;
      if (statementsIn(build.body).some((statement) => targetsOf(statement).includes(given))) continue;
      for (const call of weightsMade(build)) {
        const shape =
          call.keywords.find(({ name }) => name === 'shape')?.value ??
          call.args.find(({ kind }) => kind === 'Name' || kind === 'Tuple' || kind === 'List');
        if (shape === undefined || !isOfBatch(shape, given)) continue;
        yield {
          at: call.span,
          message: `${given} begins with the size of the batch, None here: no weight can be made of it.`,
          evidence: [],
        };
      }
    }
  },
};

function weightsMade(build: tree.FunctionDefinition): readonly tree.Call[] {
  const found: tree.Call[] = [];
  eachNode(build.body, (node) => {
    if (node.kind === 'Call' && /^self\.add_(weight|variable)$/.test(node.callee.span.text)) found.push(node);
  });
  return found;
}

/** `input_shape` as it is, or a row of sizes with its first one. */
function isOfBatch(shape: tree.Expression, given: string): boolean {
  if (shape.kind === 'Name') return shape.id === given;
  return (
    (shape.kind === 'Tuple' || shape.kind === 'List') &&
    shape.items.some(({ span }) => span.text.replaceAll(' ', '') === `${given}[0]`)
  );
}
