import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Expressions } from './expression.js';
import type { Described } from './expression.js';

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

/** Losses are scalars; where the truth is a shape, that shape; texts as they are. */
function valueOf({ error, value }: Behaviour): unknown {
  if (error !== null) return undefined;
  if (Array.isArray(value)) return value;
  return typeof value === 'string' && value.startsWith('torch.Size') ? value : [];
}

function shownValue(found: Described): unknown {
  if ('tensor' in found) return found.tensor;
  return 'text' in found ? found.text : undefined;
}

describe('PyTorch 2.13 in its own words', () => {
  it.each(cases.map((behaviour) => [behaviour.code, behaviour] as const))('%s', (code, behaviour) => {
    const expressions = new Expressions();
    const found = expressions.run(code);
    const warnings = expressions.warnings();
    expect({
      error: 'error' in found ? `${found.error}: ${found.message}` : null,
      value: shownValue(found),
      warnings: warnings.length,
      unexpected: warnings.filter(
        (text) => !behaviour.warnings.some((beginning) => text.startsWith(beginning)),
      ),
    }).toEqual({
      error: behaviour.error,
      value: valueOf(behaviour),
      warnings: behaviour.warnings.length,
      unexpected: [],
    });
  });
});
