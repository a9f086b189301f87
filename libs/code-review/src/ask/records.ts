import { TENSOR_NAMES, eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';

/**
 * Whether the program treats what it calls by this name as a record of several tensors, as batches of tokenisers and of graphs are:
 * spread by `**batch`, asked by a string, or for an attribute that no tensor has. Such records move as they stand.
 */
export function isUsedAsRecord(program: Program, name: string): boolean {
  let isRecord = false;
  eachNode(program.body, (node) => {
    if (node.kind === 'Call')
      isRecord ||= node.keywords.some(
        (one) => one.name === undefined && one.value.kind === 'Name' && one.value.id === name,
      );
    if (node.kind !== 'Subscript' && node.kind !== 'Attribute') return;
    if (node.value.kind !== 'Name' || node.value.id !== name) return;
    isRecord ||=
      node.kind === 'Attribute'
        ? !TENSOR_NAMES.has(node.attribute)
        : node.index.kind === 'Constant' && typeof node.index.value === 'string';
  });
  return isRecord;
}
