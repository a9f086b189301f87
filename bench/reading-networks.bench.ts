/**
 * Reading, building and counting networks from torchvision's own source, against PyTorch building them on its meta device
 * in the same run: warm, with files parsed before and with parsing; and as whole processes, `tensormark count` against
 * `python3 -c 'import torch, torchvision; …'`.
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
const ROUNDS = 40;
const PROCESS_ROUNDS = 5;
const here = dirname(fileURLToPath(import.meta.url));
const COMMAND = join(here, '../src/main.js');
const PYTHON = '/usr/bin/python3';

interface Times {
  readonly ours: number;
  readonly theirs: number;
}

/** The best of several runs in milliseconds: what the machine can do when nothing else asks for it. */
function best(rounds: number, run: () => void): number {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    run();
    least = Math.min(least, performance.now() - started);
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

function withPyTorch(model: string): number {
  const script = [
    join(here, 'reading/with-pytorch.py'),
    join(here, '../../bench/reading/with-pytorch.py'),
  ].find(existsSync);
  const times = JSON.parse(run(PYTHON, [script ?? '', String(ROUNDS), model])) as Record<string, number>;
  return times[model] ?? Number.NaN;
}

function line(label: string, { ours, theirs }: Times): string {
  const milliseconds = (value: number): string => `${value.toFixed(1)} ms`.padStart(11);
  return `  ${label.padEnd(30)}${milliseconds(ours)}${milliseconds(theirs)}${(theirs / ours).toFixed(1).padStart(9)} ×`;
}

if (!isInstalled) {
  console.log("  torchvision's source is not installed (apt install python3-torchvision): nothing to read");
} else {
  const reader = await openReader();
  const cache = new ModuleCache();
  const read = (model: string, parsed: ModuleCache): void => {
    const { network, errors } = reader.read('import torchvision\n', {
      call: `torchvision.models.${model}()`,
      inputs: [[3, 224, 224]],
      resolver: torchvisionSources(),
      cache: parsed,
    });
    if (network === undefined || errors.length > 0) throw new Error(`${model} was not read`);
    countParameters(network);
  };
  console.log(`  ${''.padEnd(30)}  Tensormark    PyTorch  times as fast`);
  for (const model of MODELS) {
    // The machine may be busy: each pair of figures is taken within seconds of each other.
    const warm = best(ROUNDS, () => read(model, cache));
    const theirs = withPyTorch(model);
    const parsing = best(ROUNDS, () => read(model, new ModuleCache()));
    console.log(line(`${model}, files parsed before`, { ours: warm, theirs }));
    console.log(line(`${model}, parsing included`, { ours: parsing, theirs }));
    const call = `torchvision.models.${model}()`;
    const whole = processTimes(
      [COMMAND, 'count', '--path', SOURCES, '--call', call, '--input', '3,224,224'],
      ['-c', `import torch, torchvision; m = ${call}; print(sum(p.numel() for p in m.parameters()))`],
    );
    console.log(line(`${model}, whole process`, whole));
  }
}
