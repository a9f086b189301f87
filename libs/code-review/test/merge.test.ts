import { describe, expect, it } from '@jest/globals';
import { CHECKS, JUDGEMENTS, mergedFindings, type Finding, type Running } from '../src/index.js';
import { notRun } from '../src/running/running.js';

function finding(check: string, line: number, what: string): Finding {
  return {
    check,
    severity: 'warning',
    line,
    column: 1,
    endLine: line,
    endColumn: 2,
    message: what,
    why: 'because',
    instead: 'otherwise',
    evidence: [{ kind: 'numbers', numbers: [{ what, value: 1 }] }],
  };
}

function ran(...findings: readonly Finding[]): Running {
  return {
    kind: 'ran',
    report: {
      kind: 'ran',
      device: { backend: 'wasm', kind: 'cpu', device: 'WebAssembly', versions: {} },
      passedOver: [],
      seed: 1,
      batch: 8,
      estimate: { multiplyAccumulates: 1, bytes: 1, parameters: 1, largestTensor: 1, steps: 1 },
      milliseconds: 1,
      probes: [],
      remarks: [],
    },
    inputs: { shapes: [[4]], from: 'given' },
    findings,
    notes: [],
  };
}

describe('findings of reading and of running', () => {
  it('are one where they are of the same fault, with the evidence of both on the line read', () => {
    const [only, ...more] = mergedFindings(
      [finding('softmax-dim', 9, 'read')],
      ran(finding('rows-mixed', 2, 'ran')),
    );
    expect(more).toEqual([]);
    expect(only).toMatchObject({ check: 'softmax-dim', line: 9, message: 'read' });
    expect(only?.evidence.map((each) => (each.kind === 'numbers' ? each.numbers[0]?.what : ''))).toEqual([
      'read',
      'ran',
    ]);
  });

  it('stay apart where they are not, in the order of lines', () => {
    const both = mergedFindings([finding('zero-grad', 9, 'read')], ran(finding('rows-mixed', 2, 'ran')));
    expect(both.map(({ check }) => check)).toEqual(['rows-mixed', 'zero-grad']);
  });

  it('have ids of their own', () => {
    const ids = [...CHECKS, ...JUDGEMENTS].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('a fault of the infrastructure', () => {
  it.each(['device-lost', 'crash', 'deadline', 'memory'] as const)('%s is a note and no finding', (fault) => {
    const running = notRun({ kind: 'fault', fault, message: 'gone' });
    expect(running).toEqual({ kind: 'fault', message: 'gone' });
    expect(mergedFindings([], running)).toEqual([]);
  });
});
