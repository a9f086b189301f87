import { eachNode } from '@tensormark/frameworks';
import type { Program, ProgramModule } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import { oncePerProgram } from './once.js';
import { classesOf } from './tree.js';

/** What acts otherwise in training than in evaluation, by a name to call it. */
export interface ModeDependent {
  readonly type: string;
  readonly span: Span | undefined;
}

/** The first layer of a network that acts otherwise in training than in evaluation, or its own dropout that asks for the mode. */
export function modeDependent(program: Program, network: ProgramModule): ModeDependent | undefined {
  const own = droppingClasses(program);
  for (const { module } of network.modules) {
    if (isDependent(module)) return { type: module.type, span: module.span };
    const drops = module.isNative ? undefined : own.get(module.type);
    if (drops !== undefined) return { type: 'F.dropout', span: drops };
  }
  return undefined;
}

function isDependent({ layer }: ProgramModule): boolean {
  if (layer === undefined) return false;
  if (/BatchNorm/.test(layer.type)) return layer.config['track_running_stats'] !== false;
  const { p, dropout, num_layers: layers } = layer.config;
  if (/Dropout/.test(layer.type)) return typeof p === 'number' && p > 0;
  if (typeof dropout !== 'number' || dropout <= 0) return false;
  // Between the layers of a stack alone.
  if (/^(RNN|LSTM|GRU)$/.test(layer.type)) return Number(layers) > 1;
  return /^(Transformer|MultiheadAttention)/.test(layer.type);
}

/** Classes of the file that drop with `training=self.training`, and where. */
const droppingClasses = oncePerProgram((program): ReadonlyMap<string, Span> => {
  const found = new Map<string, Span>();
  if (!/dropout\w*\([^\n]*self\.training/.test(program.source)) return found;
  for (const definition of classesOf(program))
    eachNode(definition.body, (node) => {
      if (node.kind !== 'Call' || found.has(definition.name)) return;
      const { callee, args, keywords, span } = node;
      const isAsked = [...args, ...keywords.map(({ value }) => value)].some(
        (one) => one.span.text === 'self.training',
      );
      if (isAsked && /(^|\.)(alpha_|feature_)?dropout\d?d?$/.test(callee.span.text))
        found.set(definition.name, span);
    });
  return found;
});
