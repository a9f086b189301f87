/**
 * Reading, building and counting networks from torchvision's own source, against PyTorch building them on its meta device
 * in the same run. Warm, both have their modules at hand: files are read from the disk and parsed before (a row has the
 * parsing too, for the machine's time and the processor's), and PyTorch is timed both as its documentation has it and in the
 * quickest way there is by hand (reading/with-pytorch.py). Then as whole processes, `tensormark count` against `python3 -c 'import torch, …'`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openReader } from '@tensormark/frameworks';
import { countParameters } from '@tensormark/network';
import { ModuleCache } from '@tensormark/python';
import { isInstalled, SOURCES, torchvisionSources } from './reading/torchvision-sources.js';

const MODELS = ['resnet18', 'resnet50', 'vit_b_16'];
/** Enough for the compilers of both sides to have done what they do. */
const ROUNDS = 150;
const PYTORCH_ROUNDS = 40;
const PROCESS_ROUNDS = 5;
const LABEL = 62;
const WAYS = ['as documented', 'by hand'] as const;
const here = dirname(fileURLToPath(import.meta.url));
const COMMAND = join(here, '../src/main.js');
const PYTHON = '/usr/bin/python3';

interface Times {
  readonly ours: number;
  readonly theirs: number;
}

/** Milliseconds of processor time that this process has used, in all its threads. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The best of several runs in milliseconds: what the machine can do when nothing else asks for it. */
function best(rounds: number, run: () => void, clock: () => number = () => performance.now()): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = clock();
    run();
    least = Math.min(least, clock() - started);
  }
  return least;
}

/** Both in turn, so that a busy machine is busy for both. */
function processTimes(ours: readonly string[], theirs: readonly string[]): Times {
  const times = { ours: Infinity, theirs: Infinity };
  for (let round = 0; round < PROCESS_ROUNDS; round++) {
    times.ours = Math.min(
      times.ours,
      best(1, () => run(process.execPath, ours)),
    );
    times.theirs = Math.min(
      times.theirs,
      best(1, () => run(PYTHON, theirs)),
    );
  }
  return times;
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** How long PyTorch takes to build and count, and to tell shapes too; the last in processor time as well. */
interface PyTorchTimes {
  readonly built: number;
  readonly traced: number;
  readonly processor: number;
}

function withPyTorch(way: (typeof WAYS)[number], model: string): PyTorchTimes {
  const script = [
    join(here, 'reading/with-pytorch.py'),
    join(here, '../../bench/reading/with-pytorch.py'),
  ].find(existsSync);
  const said = run(PYTHON, [script ?? '', way, String(PYTORCH_ROUNDS), model]);
  const times = (JSON.parse(said) as Record<string, PyTorchTimes>)[model];
  if (times === undefined) throw new Error(`with-pytorch.py said nothing of ${model}: ${said}`);
  return times;
}

function line(label: string, { ours, theirs }: Times): string {
  const milliseconds = (value: number): string => `${value.toFixed(1)} ms`.padStart(11);
  return `  ${label.padEnd(LABEL)}${milliseconds(ours)}${milliseconds(theirs)}${(theirs / ours).toFixed(1).padStart(9)} ×`;
}

if (!isInstalled) {
  console.log("  torchvision's source is not installed (apt install python3-torchvision): nothing to read");
} else {
  const reader = await openReader();
  const cache = new ModuleCache();
  const resolver = torchvisionSources();
  const read = (model: string, parsed: ModuleCache, inputs?: number[][]): void => {
    const { network, errors } = reader.read('import torchvision\n', {
      call: `torchvision.models.${model}()`,
      ...(inputs && { inputs }),
      resolver,
      cache: parsed,
    });
    if (network === undefined || errors.length > 0) throw new Error(`${model} was not read`);
    countParameters(network);
  };
  const image = [[3, 224, 224]];
  console.log(`  ${''.padEnd(LABEL)} Tensormark    PyTorch  times as fast`);
  for (const model of MODELS) {
    // The machine may be busy: figures that are compared are taken within seconds of each other.
    const built = best(ROUNDS, () => read(model, cache));
    const traced = best(ROUNDS, () => read(model, cache, image));
    const parsing = best(ROUNDS, () => read(model, new ModuleCache(), image));
    const processor = best(ROUNDS, () => read(model, new ModuleCache(), image), processorTime);
    for (const way of WAYS) {
      const theirs = withPyTorch(way, model);
      console.log(line(`${model}, built and counted, PyTorch ${way}`, { ours: built, theirs: theirs.built }));
      console.log(line(`${model}, with shapes, PyTorch ${way}`, { ours: traced, theirs: theirs.traced }));
      console.log(
        line(`${model}, and all parsed anew, PyTorch ${way}`, { ours: parsing, theirs: theirs.traced }),
      );
      console.log(
        line(`${model}, the same in processor time, PyTorch ${way}`, {
          ours: processor,
          theirs: theirs.processor,
        }),
      );
    }
    const call = `torchvision.models.${model}()`;
    const whole = processTimes(
      [COMMAND, 'count', '--path', SOURCES, '--call', call, '--input', '3,224,224'],
      ['-c', `import torch, torchvision; m = ${call}; print(sum(p.numel() for p in m.parameters()))`],
    );
    console.log(line(`${model}, whole process`, whole));
  }
}
