import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the command in one file', () => {
  it('comes-with-compiled-code-that-this-node-takes', () => {
    const asked = `
      const { Bundle } = await import('./dist/src/machine/bundle.js');
      const bundle = new Bundle(process.cwd() + '/dist/src/bundle/');
      const { commandLine } = bundle.load('command-line.cjs');
      await commandLine(['count', 'examples/networks/residual.py', '--json'], new Map(), { write() {}, say() {} });
      console.log(bundle.isCompiled);`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', asked], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(said).toBe('true\n');
  });

  it.each([
    // parameters and buffers as PyTorch 1.13 has them
    ['residual.py', '23,528,522', '53,173'],
    ['transformer.py', '1,819,018', '12,480'],
    // 32 (3·3·3 + 1) + 64 (32·3·3 + 1) + 10 (64 + 1)
    ['plain.yaml', '20,042', '0'],
  ])('counts-the-example-%s', (name, parameters, buffers) => {
    const said = execFileSync(
      process.execPath,
      [join(ROOT, 'dist/src/main.js'), 'count', join(ROOT, 'examples/networks', name)],
      { encoding: 'utf8' },
    );
    expect(said).toMatch(new RegExp(`^parameters +${parameters}$`, 'm'));
    expect(said).toMatch(new RegExp(`^buffers +${buffers}$`, 'm'));
  });
});
