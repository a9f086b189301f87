import { dirname } from 'node:path';
import type { GivenInput } from '@tensormark/frameworks';
import { WrongUsage, type Command, type ExitCode } from '../command.js';
import { importPath } from '../machine/import-path.js';
import { ownPackage, type OwnPackage } from '../machine/own-package.js';
import { countAsJson } from '../report/count-json.js';
import { countAsText } from '../report/count-text.js';
import type { Counted } from '../report/counted.js';
import { readArguments } from '../terminal/arguments.js';
import type { Output } from '../terminal/output.js';
import { readText } from '../terminal/read-input.js';
import { inputOf } from '../terminal/shape.js';

const MOST_BYTES = 4_000_000;
const MOST_INPUTS = 16;

export const count: Command = {
  usage:
    '[FILE.py|NETWORK.yaml] [--input C,H,W[:TYPE]]… [--call EXPRESSION | --class NAME] [--path FOLDER]… [--depth N] [--json]',
  help: `
Reads a network from PyTorch code, which is never run, or from YAML layers, and prints its layers, output shapes, exact
parameters and multiply-accumulates (of convolutions and matrix products).

  --input 3,32,32      the shape of an input without its batch, which is 1; once for each input. Without it, the input
                       is what the file itself calls its network on
  --input 128:int64    the same with an element type; without one, a network that begins with an embedding gets indices,
                       any other float32
  --class Net          the class to count, when the file has several
  --call 'Net(10)'     how the network is built; with --path it may name any importable builder
  --path FOLDER        a place to import Python modules from, as the interpreter's search path would (repeatable)
  --depth N            show modules down to this depth (default: all)
  --json               one JSON object instead: counts as decimal strings, shapes as lists with the batch

tensormark count model.py --input 1,28,28
tensormark count language_model.py --call 'Model(vocabulary=1000)' --input 64:int64
tensormark count --path SITE-PACKAGES --call 'torchvision.models.resnet50()' --input 3,224,224

Exit code 0: counted; 1: the code has errors, its forward pass was not followed to its output, something in it
is not known that leaves a gap in a count, or it was refused.`,
  async run(args, output) {
    const { values, positionals } = readArguments(args, {
      input: { type: 'string', multiple: true },
      class: { type: 'string' },
      call: { type: 'string' },
      path: { type: 'string', multiple: true },
      depth: { type: 'string' },
      json: { type: 'boolean' },
    });
    const [file, ...more] = positionals;
    if (more.length > 0) throw new WrongUsage('give one file');
    if (file === undefined && values.call === undefined)
      throw new WrongUsage('give a file, or --call with --path');
    if (values.call !== undefined && values.class !== undefined)
      throw new WrongUsage('give --call or --class, not both');
    const inputs = (values.input ?? []).map((written) => inputOf(written));
    if (inputs.length > MOST_INPUTS) throw new WrongUsage(`give at most ${MOST_INPUTS} inputs`);
    const depth = values.depth === undefined ? undefined : depthOf(values.depth);
    const isYaml = file !== undefined && /\.ya?ml$/i.test(file);
    if (
      isYaml &&
      (inputs.length > 0 || [values.class, values.call, values.path].some((each) => each !== undefined))
    )
      throw new WrongUsage(
        'a YAML file says itself what its input is; --input, --class, --call and --path are for code',
      );
    const counted = isYaml
      ? await countLayers(file)
      : await countCode({
          file,
          inputs,
          className: values.class,
          call: values.call,
          folders: values.path ?? [],
        });
    return show(counted, { json: values.json === true, depth }, output);
  },
};

function show(
  counted: Counted,
  { json, depth }: { json: boolean; depth: number | undefined },
  output: Output,
): ExitCode {
  output.write(
    json
      ? `${withShapesOnOneLine(JSON.stringify(countAsJson(counted), undefined, 2))}\n`
      : countAsText(counted, depth, output.style),
  );
  const done =
    counted.network !== undefined &&
    counted.errors.length === 0 &&
    !counted.gaps.parameters &&
    !counted.gaps.buffers &&
    (counted.followed === 'to-its-output' || counted.followed === 'without-input');
  return done ? 0 : 1;
}

/** Shapes are read more easily so. Text in JSON has no line break of its own that this could meet. */
function withShapesOnOneLine(json: string): string {
  return json.replace(
    /\[\n\s*(\d+(?:,\n\s*\d+)*)\n\s*\]/g,
    (_, sizes: string) => `[${sizes.replace(/\s+/g, ' ')}]`,
  );
}

async function countLayers(file: string): Promise<Counted> {
  const { readNetworkFile } = await import('../report/network-file.js');
  return readNetworkFile(await readText(file, MOST_BYTES), file);
}

interface Asked {
  readonly file: string | undefined;
  readonly inputs: readonly GivenInput[];
  readonly className: string | undefined;
  readonly call: string | undefined;
  readonly folders: readonly string[];
}

async function countCode({ file, folders, ...asked }: Asked): Promise<Counted> {
  const source = file === undefined ? importOf(asked.call ?? '') : await readText(file, MOST_BYTES);
  const own = file === undefined ? undefined : ownPackage(file, source, folders);
  const { readCodeFile } = await import('../report/code-file.js');
  return readCodeFile({
    ...asked,
    source,
    file,
    resolver: importPath(placesFor(file, own, folders)),
    ownModule: own,
  });
}

/** Where imports are looked for: beside the file or at the root of its package, and where the caller says. */
function placesFor(
  file: string | undefined,
  own: OwnPackage | undefined,
  folders: readonly string[],
): readonly string[] {
  return [
    ...(own === undefined ? [] : [own.root]),
    ...folders,
    ...(file === undefined ? [] : [dirname(file)]),
  ];
}

/** `torchvision.models.resnet50()` needs `import torchvision.models` first, as deep as modules go. */
function importOf(call: string): string {
  const [, dotted = ''] = /^\s*((?:[\p{L}_][\p{L}\p{N}_]*\.)+)/u.exec(call) ?? [];
  return dotted === '' ? '' : `import ${dotted.slice(0, -1)}\n`;
}

function depthOf(written: string): number {
  const depth = Number(written);
  if (!Number.isInteger(depth) || depth < 1)
    throw new WrongUsage(`--depth ${written} is no depth; write 1 or more`);
  return depth;
}
