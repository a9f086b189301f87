import type { Check } from '../../check.js';
import { callsOf } from '../../ask/tree.js';

const MIXED = (line: string): string => `
import torch

def mixed(images, share):
    ${line}
    return images
`;

/** What works in place on what it is called of. */
const IN_PLACE = /^(mul|div|add|sub|pow|sqrt|exp|clamp|copy|fill|zero|neg|sigmoid|tanh|relu)_$/;

export const changedBeforeRead: Check = {
  id: 'changed-before-read',
  title: 'A tensor read after a step of the same line has changed it',
  severity: 'warning',
  why: 'x.mul_(a).add_(f(x)) multiplies x first and then works out f of what it is by then.',
  instead: 'Work out what is added first, or leave the underscores away.',
  needs: 'Methods in place one after the other, the second with an argument computed of the same tensor.',
  wrong: [MIXED('images.mul_(share).add_(images.flip(0), alpha=1 - share)  # <--')],
  right: [
    MIXED('images = images.mul(share).add_(images.flip(0), alpha=1 - share)'),
    MIXED('images.sub_(images.mean()).div_(images.size(0))'),
  ],
  *run(program) {
    if (!/\w_\([^()]*(\([^()]*\))?[^()]*\)\.\w+_?\(/.test(program.source)) return;
    for (const node of callsOf(program)) {
      if (node.callee.kind !== 'Attribute' || !/^(add|sub|mul)_?$/.test(node.callee.attribute)) continue;
      const before = node.callee.value;
      if (before.kind !== 'Call' || before.callee.kind !== 'Attribute') continue;
      if (!IN_PLACE.test(before.callee.attribute) || before.callee.value.kind !== 'Name') continue;
      const { id } = before.callee.value;
      const [given] = node.args;
      if (given?.kind !== 'Call' || given.callee.kind !== 'Attribute') continue;
      // Another order of its examples, or of the elements of each: what is put beside it is to be as it was.
      const isOther = given.callee.value.kind === 'Name' && given.callee.value.id === id;
      if (isOther && /^(flip|roll|index_select)$/.test(given.callee.attribute))
        yield {
          at: node.span,
          message: 'The tensor is changed in place before the other part of this is computed of it.',
          evidence: [],
        };
    }
  },
};
