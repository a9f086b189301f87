import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { libraryNames } from './library-names.js';
import { oncePerProgram } from './once.js';
import { callsOf } from './tree.js';

/** A call of something of PyTorch's or torchvision's, by what its names say, whether it runs or not. */
export interface TorchCall {
  readonly call: tree.Call;
  /** `torch.nn.Linear`. */
  readonly path: string;
}

export const torchCalls = oncePerProgram((program: Program): readonly TorchCall[] => {
  if (!program.source.includes('torch')) return [];
  const paths = new Map(libraryNames(program).used.map(({ node, path }) => [node, path]));
  return callsOf(program).flatMap((call) => {
    const path = paths.get(call.callee);
    return path !== undefined && /^torch(vision)?\./.test(path) ? [{ call, path }] : [];
  });
});

/** What a call is given as it is written, at a place or under a name. */
export function writtenArgument(
  { args, keywords }: tree.Call,
  at: number,
  name: string,
): tree.Expression | undefined {
  const named = keywords.find((one) => one.name === name)?.value;
  if (named !== undefined) return named;
  return args.slice(0, at + 1).some(({ kind }) => kind === 'Starred') ? undefined : args[at];
}
