import { describe, expect, it } from '@jest/globals';
import { findingsAsSarif } from '../../apps/api/src/reports/findings-sarif.js';
import type { ReportPart } from '../../apps/api/src/reports/reports.contract.js';

const TEXT = 'loss = nn.CrossEntropyLoss()(F.softmax(out, 1), y)\nloss.backward()';

function part(key: string, evidence: ReportPart['evidence']): ReportPart {
  return {
    key,
    title: null,
    state: 'marked',
    marks: '1',
    available: '2',
    reason: null,
    items: [],
    evidence,
    derivation: null,
    choices: null,
    text: TEXT,
  };
}

describe('findings as SARIF', () => {
  it('each-finding-stands-on-its-line-in-the-answer-with-its-fix', () => {
    const log = findingsAsSarif([
      part('1.a', [{ kind: 'fact', says: 'The network has 10 parameters.' }]),
      part('2.b', [
        {
          kind: 'finding',
          check: 'softmax-ce',
          severity: 'error',
          says: 'Softmax goes into cross entropy.',
          why: 'It is taken twice.',
          instead: 'Give the scores.',
          place: { line: 1, column: 30, endLine: 1, endColumn: 47 },
          fix: { what: 'the scores', line: 1, column: 30, endLine: 1, endColumn: 47, text: 'out' },
        },
        {
          kind: 'finding',
          check: 'zero-grad',
          severity: 'warning',
          says: 'Gradients add up.',
          place: { line: 2 },
        },
        { kind: 'finding', check: 'zero-grad', severity: 'remark', says: 'Nowhere in particular.' },
      ]),
    ]);
    const uri = 'answers/2.b.md';
    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              rules: [
                { id: 'softmax-ce', shortDescription: { text: 'Softmax before cross entropy' } },
                { id: 'zero-grad' },
              ],
            },
          },
          artifacts: [{ location: { uri }, contents: { text: TEXT } }],
          results: [
            {
              ruleId: 'softmax-ce',
              ruleIndex: 0,
              level: 'error',
              message: { text: 'Softmax goes into cross entropy. It is taken twice.' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri },
                    region: { startLine: 1, startColumn: 30, endLine: 1, endColumn: 47 },
                  },
                },
              ],
              fixes: [
                {
                  artifactChanges: [
                    {
                      replacements: [
                        {
                          deletedRegion: { startLine: 1, startColumn: 30, endLine: 1, endColumn: 47 },
                          insertedContent: { text: 'out' },
                        },
                      ],
                    },
                  ],
                },
              ],
            },
            {
              ruleIndex: 1,
              level: 'warning',
              locations: [{ physicalLocation: { region: { startLine: 2 } } }],
            },
            { ruleIndex: 1, level: 'note', locations: [{ physicalLocation: { artifactLocation: { uri } } }] },
          ],
        },
      ],
    });
  });

  it('a-report-without-findings-is-an-empty-log', () => {
    expect(findingsAsSarif([part('1', [])])).toMatchObject({ runs: [{ artifacts: [], results: [] }] });
  });
});
