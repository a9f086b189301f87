/**
 * Reading, building and counting networks from torchvision's own source, against PyTorch building them in the same run:
 * warm (files parsed before), with parsing, and as whole processes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openReader } from '@tensormark/frameworks';
import { countParameters } from '@tensormark/network';
import { ModuleCache } from '@tensormark/python';
import { isInstalled, torchvisionSources } from './reading/torchvision-sources.js';

const MODELS = ['resnet18', 'resnet50', 'vit_b_16'];
const ROUNDS = 40;
const here = dirname(fileURLToPath(import.meta.url));
const PYTHON = '/usr/bin/python3';

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

function processTime(command: string, args: readonly string[]): number {
  return best(3, () => {
    const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  });
}

function withPyTorch(): Readonly<Record<string, number>> {
  const script = [
    join(here, 'reading/with-pytorch.py'),
    join(here, '../../bench/reading/with-pytorch.py'),
  ].find(existsSync);
  const { status, stdout, stderr } = spawnSync(PYTHON, [script ?? '', '10', ...MODELS], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, number>;
}

if (!isInstalled) {
  console.log("  torchvision's source is not installed (apt install python3-torchvision): nothing to read");
} else {
  const reader = await openReader();
  const resolver = torchvisionSources();
  const cache = new ModuleCache();
  const read = (model: string, parsed: ModuleCache): void => {
    const { network, errors } = reader.read('import torchvision\n', {
      call: `torchvision.models.${model}()`,
      inputs: [[3, 224, 224]],
      resolver,
      cache: parsed,
    });
    if (network === undefined || errors.length > 0) throw new Error(`${model} was not read`);
    countParameters(network);
  };
  const pytorch = withPyTorch();
  console.log('  milliseconds      read, warm   with parsing   PyTorch, warm   process   PyTorch process');
  for (const model of MODELS) {
    const warm = best(ROUNDS, () => read(model, cache));
    const parsing = best(ROUNDS, () => read(model, new ModuleCache()));
    const ours = processTime(process.execPath, [join(here, 'reading/read-once.js'), model]);
    const theirs = processTime(PYTHON, [
      '-c',
      `import torch, torchvision; m = torchvision.models.${model}(); print(sum(p.numel() for p in m.parameters()))`,
    ]);
    const columns = [warm, parsing, pytorch[model] ?? Number.NaN, ours, theirs].map((value) =>
      value.toFixed(1),
    );
    const widths = [12, 15, 16, 10, 18];
    console.log(
      `  ${model.padEnd(14)}${columns.map((text, at) => text.padStart(widths[at] ?? 12)).join('')}`,
    );
  }
}
