import { describe, expect, it } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { studentReport } from '../src/reports/pdf/student-report.js';

async function textOf(bytes: Uint8Array): Promise<string> {
  const document = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const { items } = await (await document.getPage(1)).getTextContent();
  return items
    .map((item) => ('str' in item ? `${item.str} ` : ''))
    .join('')
    .replaceAll(/\s+/g, ' ');
}

describe('a choice in a printed report', () => {
  it('its-options-stand-above-the-letter-that-was-written', async () => {
    const bytes = await studentReport({
      exam: 'An exam',
      candidate: 'Robin',
      studentNumber: null,
      attempt: 1,
      receipt: { code: 'TM-1', receivedAt: '2026-11-23T20:08:32.000Z', sha256: 'a'.repeat(64) },
      releasedAt: '2026-11-24T20:08:32.000Z',
      erased: false,
      zone: 'UTC',
      report: {
        state: 'released',
        total: { marks: '0', counts: '0', available: '1', complete: true },
        late: null,
        parts: [
          {
            key: '1',
            title: 'Which loss?',
            state: 'marked',
            marks: '0',
            available: '1',
            reason: null,
            items: [],
            evidence: [],
            derivation: null,
            text: 'a',
            choices: [
              { id: 'a', says: 'Hinge', right: false },
              { id: 'b', says: 'Cross-entropy', right: true },
            ],
          },
        ],
      },
    });
    expect(await textOf(bytes)).toMatch(/Options .* a Hinge b Cross-entropy right Answer a/);
  });
});
