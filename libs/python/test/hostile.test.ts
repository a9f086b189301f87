import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '@tensormark/python';
import { processorTime } from '../../../test/time/processor-time.js';

/** Programs that would take for ever, or all memory, each under a line `#: name`. */
const programs = readFileSync(new URL('fixtures/hostile.txt', import.meta.url), 'utf8')
  .split(/^#: /m)
  .slice(1)
  .map((part): readonly [string, string] => {
    const end = part.indexOf('\n');
    return [part.slice(0, end), part.slice(end + 1)];
  });

const BUDGETS = { steps: 20_000, memory: 20_000_000 };
/** Far more than any takes; one step that is no small work would take longer by far. */
const MOST_MILLISECONDS = 10_000;

describe('one step of a program is never much work', () => {
  it.each(programs)('%s', (_name, source) => {
    const started = processorTime();
    const python = new Interpreter({ budgets: BUDGETS });
    const outcome = python.runModule(source, 'program.py');
    expect(['finished', 'raised', 'budget']).toContain(outcome.kind);
    expect(processorTime() - started).toBeLessThan(MOST_MILLISECONDS);
  });
});
