import type { Check } from '../../check.js';
import { statementsOf } from '../../ask/tree.js';

const METHODS = new Set([
  'zero_grad',
  'backward',
  'step',
  'eval',
  'train',
  'cuda',
  'cpu',
  'detach_',
  'requires_grad_',
]);

export const callMissing: Check = {
  id: 'call-missing',
  title: 'A method that is named and not called',
  severity: 'warning',
  why: 'Without parentheses the line only looks the method up: nothing happens.',
  instead: 'Call it: optimizer.step().',
  needs: 'A statement that is nothing but such a method’s name.',
  wrong: [
    `
def train(model, loader, optimizer, criterion):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step  # <--
`,
  ],
  right: [
    `
def train(model, loader, optimizer, criterion):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    return optimizer.step
`,
  ],
  *run(program) {
    for (const node of statementsOf(program)) {
      if (node.kind !== 'Expr' || node.value.kind !== 'Attribute' || !METHODS.has(node.value.attribute))
        continue;
      const { span, attribute } = node.value;
      const { endLine, endColumn } = span.place;
      yield {
        at: span,
        message: `${attribute} is named here and not called.`,
        instead: `Call it: ${span.text}().`,
        evidence: [],
        fix: { what: 'call it', line: endLine, column: endColumn, endLine, endColumn, text: '()' },
      };
    }
  },
};
