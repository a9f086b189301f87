import { bytesOf, MEBIBYTE, type HostileCase } from './case.js';

const SEEN = { cell_type: 'markdown', source: 'The total is 1792.' };
const notebook = (...cells: readonly unknown[]): Uint8Array =>
  bytesOf(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [SEEN, ...cells] }));

export const NOTEBOOKS: readonly HostileCase[] = [
  {
    name: 'notebook-with-eighteen-megabytes-of-output',
    make: () =>
      notebook({
        cell_type: 'code',
        source: 'x = 1',
        outputs: [{ output_type: 'stream', text: 'Epoch 1\n'.repeat((18 * MEBIBYTE) / 9) }],
      }),
    comes: { read: /The total is 1792\.[^]*Epoch 1/ },
  },
  {
    name: 'notebook-with-a-hundred-megabytes-of-output',
    make: () => {
      const text = 'Epoch 1\n'.repeat(8 * MEBIBYTE);
      return notebook({ cell_type: 'code', source: 'x = 1', outputs: [{ output_type: 'stream', text }] });
    },
    comes: { refused: ['too-large'], says: /Leave out pictures and data/ },
  },
  {
    name: 'notebook-whose-output-is-ten-thousand-deep',
    make: () =>
      bytesOf(
        `{"nbformat": 4, "cells": [{"cell_type": "code", "outputs": ${'['.repeat(10_000)}${']'.repeat(10_000)}}]}`,
      ),
    comes: { refused: ['unsafe-markup'], says: /deep.*save it again/ },
  },
  {
    name: 'notebook-of-fifty-thousand-cells',
    make: () =>
      notebook(
        ...Array.from({ length: 50_000 }, () => ({ cell_type: 'code', source: 'x = 1', outputs: [] })),
      ),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'notebook-with-a-cell-of-ten-million-pictures-begun',
    make: () => notebook({ cell_type: 'markdown', source: '!['.repeat(2_000_000) }),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'notebook-with-a-cell-of-a-million-names',
    make: () =>
      notebook({
        cell_type: 'code',
        source: 'x = 1',
        ...Object.fromEntries(Array.from({ length: 500_000 }, (_, at) => [`name${at}`, at])),
      }),
    comes: { read: /The total is 1792\./ },
  },
  {
    name: 'notebook-of-colours-begun',
    make: () =>
      notebook({
        cell_type: 'code',
        source: 'x = 1',
        outputs: [{ output_type: 'stream', text: `${'\u001b['.repeat(500_000)}${'1;'.repeat(500_000)}` }],
      }),
    comes: { read: /The total is 1792\./ },
  },
];
