import type { tree } from '@tensormark/python';
import { eachNode } from '@tensormark/frameworks';
import type { Check } from '../../check.js';

export const formatCount: Check = {
  id: 'format-count',
  title: 'A text with more or fewer places than values',
  severity: 'error',
  why: 'Every place of a text, %d or {}, takes one value: with too few, or with % too many, Python raises an error.',
  instead: 'Give as many values as the text has places.',
  needs: 'A text that is written there, and values that are written one by one.',
  wrong: [
    `
import torch
loss, epoch = torch.rand(()), 3
print('epoch %d, loss %.3f' % (loss,))  # <--
`,
    `
import torch
loss, epoch = torch.rand(()), 3
print('epoch {}, loss {:.3f}'.format(loss))  # <--
`,
  ],
  right: [
    `
import torch
loss, epoch, pair = torch.rand(()), 3, (1, 2)
print('epoch %d of 100 %%, loss %.3f' % (epoch, loss))
print('%s' % epoch, '%d %d' % pair, '%(a)d' % {'a': 1}, '%*d' % (4, 7))
print('epoch {}, loss {:.3f}'.format(epoch, loss, 3), '{0} {0}'.format(1), '{a} {{}}'.format(a=1))
print('{} {}'.format(*pair), '{:{}}'.format(3, 4))
`,
  ],
  *run(program) {
    const found: { readonly node: tree.Expression; readonly places: number; readonly values: number }[] = [];
    eachNode(program.body, (node) => {
      if (node.kind === 'BinOp' && node.operator === '%' && node.right.kind === 'Tuple') {
        const places = textOf(node.left) === undefined ? undefined : percents(textOf(node.left) ?? '');
        const values = node.right.items;
        if (places === undefined || values.some(({ kind }) => kind === 'Starred')) return;
        if (places !== values.length) found.push({ node, places, values: values.length });
      }
      if (node.kind !== 'Call' || node.callee.kind !== 'Attribute' || node.callee.attribute !== 'format')
        return;
      const text = textOf(node.callee.value);
      const places = text === undefined ? undefined : braces(text);
      if (places === undefined || node.keywords.length > 0) return;
      if (node.args.some(({ kind }) => kind === 'Starred') || places <= node.args.length) return;
      found.push({ node, places, values: node.args.length });
    });
    for (const { node, places, values } of found)
      yield {
        at: node.span,
        message: `The text has ${places} ${places === 1 ? 'place' : 'places'}, and is given ${values} ${values === 1 ? 'value' : 'values'}.`,
        evidence: [],
      };
  },
};

function textOf(node: tree.Expression): string | undefined {
  return node.kind === 'Constant' && typeof node.value === 'string' ? node.value : undefined;
}

/** How many values `%` takes; undefined where they have names or widths are among them. */
function percents(text: string): number | undefined {
  const plain = text.replaceAll('%%', '');
  const all = plain.match(/%/g)?.length ?? 0;
  const read = plain.match(/%[-+ #0]*\d*(?:\.\d+)?[hlL]?[diouxXeEfFgGcrsa]/g)?.length ?? 0;
  return all === read ? all : undefined;
}

/** How many values `format` takes by their order; undefined where any has a name, a number or a place within it. */
function braces(text: string): number | undefined {
  const plain = text.replaceAll('{{', '').replaceAll('}}', '');
  const all = plain.match(/\{/g)?.length ?? 0;
  const read = plain.match(/\{(?:![rsa])?(?::[^{}]*)?\}/g)?.length ?? 0;
  return all === read ? all : undefined;
}
