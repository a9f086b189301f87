import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, statementsIn } from '../../ask/tree.js';

const STEP = (end: string): string => `
import torch.nn.functional as F
import pytorch_lightning as pl
class Labeller(pl.LightningModule):
    def training_step(self, batch, index):
        inputs, labels = batch
        loss = F.cross_entropy(self(inputs), labels)
        self.log('loss', loss)
${end}`;

export const trainerStep: Check = {
  id: 'trainer-step',
  title: 'A training_step that gives its trainer nothing to learn from',
  severity: 'warning',
  why: 'The trainer calls backward() on what training_step returns: where that is nothing, the batch is left out, and a number or a detached tensor has no graph.',
  instead: 'End training_step with return loss, the tensor as it is.',
  needs: 'A training_step of a LightningModule whose trainer takes the steps.',
  wrong: [
    STEP("        return {'loss': loss.detach(), 'seen': len(labels)}  # <--\n"),
    STEP('').replace(
      'def training_step(self, batch, index):',
      'def training_step(self, batch, index):  # <--',
    ),
  ],
  right: [
    STEP("        return {'loss': loss, 'said': loss.detach()}\n"),
    `
import pytorch_lightning as pl
class Pair(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.automatic_optimization = False
    def training_step(self, batch, index):
        optimizer = self.optimizers()
        optimizer.zero_grad()
        self.manual_backward(self.losses(batch))
        optimizer.step()
`,
  ],
  *run(program) {
    if (!/Lightning/.test(program.source)) return;
    if (/automatic_optimization|manual_backward|\.backward\(/.test(program.source)) return;
    for (const definition of classesOf(program)) {
      if (!definition.bases.some(({ span }) => span.text.endsWith('LightningModule'))) continue;
      for (const method of definition.body)
        if (method.kind === 'FunctionDef' && method.name === 'training_step')
          yield* stepGiven(program, method);
    }
  },
};

function* stepGiven({ file }: Program, method: tree.FunctionDefinition): Generator<Found> {
  const body = statementsIn(method.body);
  if (method.span.source.file !== file || body.some(({ kind }) => kind === 'Raise')) return;
  const returns = body.filter(({ kind }) => kind === 'Return');
  const computed = body.find(({ kind, span }) => kind === 'Assign' && /^\w*loss\w*\s*=/i.test(span.text));
  if (returns.length === 0 && computed !== undefined)
    yield {
      at: method.nameSpan,
      message: 'training_step computes a loss and returns nothing: the trainer leaves every batch out.',
      evidence: [places(['the loss is computed', computed.span])],
    };
  for (const { span } of returns) {
    const cut =
      /^return\s+(?:\{\s*["']loss["']\s*:\s*)?(?:\w*loss\w*\.(item|detach|tolist)\(\)|(float)\(\w*loss\w*\))/.exec(
        span.text,
      );
    if (cut === null) continue;
    yield {
      at: span,
      message: `The trainer is to compute gradients of what is returned here, and ${cut[1] ?? 'float'}() has cut it off from the network.`,
      evidence: [],
    };
  }
}
