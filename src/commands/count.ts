import { dirname } from 'node:path';
import type { Chosen, FoundError } from '@tensormark/frameworks';
import { WrongUsage, type Command, type ExitCode } from '../command.js';
import { importPath } from '../machine/import-path.js';
import { ownPackage, type OwnPackage } from '../machine/own-package.js';
import { countAsJson } from '../report/count-json.js';
import { countAsText } from '../report/count-text.js';
import { readArguments } from '../terminal/arguments.js';
import { readText } from '../terminal/read-input.js';
import { shapeOf } from '../terminal/shape.js';
import type { Output } from '../terminal/output.js';
import type { Counted } from '../report/counted.js';

const MOST_BYTES = 4_000_000;
const MOST_INPUTS = 16;

export const count: Command = {
  usage:
    '[FILE.py|NETWORK.yaml] [--input C,H,W]… [--call EXPRESSION | --class NAME] [--path FOLDER]… [--depth N] [--json]',
  help: `
Reads a network from PyTorch code, which is never run, or from YAML layers, and prints its layers, output shapes, exact
parameters and multiply-accumulates (of convolutions and matrix products).

  --input 3,32,32      the shape of an input without its batch; once for each input
  --class Net          the class to count, when the file has several
  --call 'Net(10)'     how the network is built; with --path it may name any importable builder
  --path FOLDER        a place to import Python modules from, as the interpreter's search path would (repeatable)
  --depth N            show modules down to this depth (default: all)
  --json               one JSON object instead

tensormark count model.py --input 1,28,28
tensormark count --path SITE-PACKAGES --call 'torchvision.models.resnet50()' --input 3,224,224

Exit code 0: counted; 1: the code has errors, or was refused.`,
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
    const inputs = (values.input ?? []).map((written) => shapeOf(written));
    if (inputs.length > MOST_INPUTS) throw new WrongUsage(`give at most ${MOST_INPUTS} inputs`);
    const depth = values.depth === undefined ? undefined : depthOf(values.depth);
    const isYaml = file !== undefined && /\.ya?ml$/i.test(file);
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
      ? `${JSON.stringify(countAsJson(counted), undefined, 2)}\n`
      : countAsText(counted, depth, output.style),
  );
  return counted.errors.length > 0 || counted.network === undefined ? 1 : 0;
}

async function countLayers(file: string): Promise<Counted> {
  const { readNetworkFile } = await import('../report/network-file.js');
  return readNetworkFile(await readText(file, MOST_BYTES), file);
}

interface CodeToCount {
  readonly file: string | undefined;
  readonly inputs: readonly (readonly number[])[];
  readonly className: string | undefined;
  readonly call: string | undefined;
  readonly folders: readonly string[];
}

async function countCode({ file, inputs, className, call, folders }: CodeToCount): Promise<Counted> {
  const { openReader } = await import('@tensormark/frameworks');
  const reader = await openReader();
  const source = file === undefined ? importOf(call ?? '') : await readText(file, MOST_BYTES);
  const own = file === undefined ? undefined : ownPackage(file, source, folders);
  const reading = reader.read(source, {
    filename: file ?? 'call.py',
    resolver: importPath(placesFor(file, own, folders)),
    ...(own === undefined ? {} : { ownModule: own }),
    ...(inputs.length === 0 ? {} : { inputs }),
    ...(className === undefined ? {} : { className }),
    ...(call === undefined ? {} : { call }),
  });
  return {
    name: nameOf(reading.chosen),
    network: reading.network,
    traced: reading.traced,
    gaps: reading.gaps,
    errors: [
      ...reading.syntaxErrors.map(({ type, span, message }) => ({
        line: span.line,
        says: `${type}: ${message}`,
      })),
      ...sure(reading.errors).map(({ type, message, place }) => ({
        line: place.line,
        says: `${type}: ${message}`,
        ...(place.file === (file ?? 'call.py') ? {} : { file: place.file }),
      })),
    ],
    unknowns: [
      ...reading.unknowns,
      ...reading.errors
        .filter(({ unsure }) => unsure === true)
        .map(({ type, message, place }) => ({ line: place.line, what: `perhaps ${type}: ${message}` })),
    ],
    unread: reading.unchosen,
    candidates: reading.candidates,
  };
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

/** Errors that the program comes to whatever its unknowns are. */
function sure(errors: readonly FoundError[]): FoundError[] {
  return errors.filter(({ unsure }) => unsure !== true);
}

/** `torchvision.models.resnet50()` needs `import torchvision.models` first, as deep as modules go. */
function importOf(call: string): string {
  const [, dotted = ''] = /^\s*((?:[\p{L}_][\p{L}\p{N}_]*\.)+)/u.exec(call) ?? [];
  return dotted === '' ? '' : `import ${dotted.slice(0, -1)}\n`;
}

function nameOf(chosen: Chosen | undefined): string | undefined {
  return chosen?.kind === 'call' ? chosen.expression : chosen?.name;
}

function depthOf(written: string): number {
  const depth = Number(written);
  if (!Number.isInteger(depth) || depth < 1)
    throw new WrongUsage(`--depth ${written} is no depth; write 1 or more`);
  return depth;
}
