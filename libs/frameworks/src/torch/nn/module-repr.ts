import { asString, getAttribute } from '@tensormark/python';
import type { Runtime } from '@tensormark/python';
import { childrenOf } from './module-object.js';
import type { ModuleObject } from './module-object.js';

/** As PyTorch prints a module: its own arguments, then its children, indented by two. */
export function moduleRepr(rt: Runtime, module: ModuleObject): string {
  rt.step();
  const extra = asString(rt.call(getAttribute(rt, module, 'extra_repr'), []));
  const name = asString(rt.call(getAttribute(rt, module, '_get_name'), []));
  const lines: string[] = [];
  for (const [key, child] of childrenOf(module)) {
    const text = asString(rt.call(getAttribute(rt, child, '__repr__'), []));
    lines.push(`(${key}): ${text.replaceAll('\n', '\n  ')}`);
  }
  const extraLines = extra === '' ? [] : extra.split('\n');
  if (lines.length === 0 && extraLines.length <= 1) return `${name}(${extra})`;
  return `${name}(\n  ${[...extraLines, ...lines].join('\n  ')}\n)`;
}
