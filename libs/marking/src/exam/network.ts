import { readLayers } from '@tensormark/network';
import type { Instruments } from '../kinds/kind.js';
import type { NetworkField } from './network-field.js';
import type { NetworkReading } from './network-reading.js';
import { storedAs } from './stored.js';

/** The network of a question, from its layers or from its PyTorch or Keras code, its parameters stored as the question says. */
export function networkOf(field: NetworkField, instruments: Instruments): NetworkReading {
  const reading = readNetwork(field, instruments);
  return reading.kind === 'refused' || field.stored === undefined
    ? reading
    : storedAs(field.stored, reading.network);
}

function readNetwork(field: NetworkField, { reader }: Instruments): NetworkReading {
  if (!('code' in field)) {
    const reading = readLayers({ input: field.input, layers: field.layers });
    return reading.kind === 'network' ? reading : { kind: 'refused', says: reading.message };
  }
  const reading = reader.read(field.code, {
    filename: 'question.py',
    inputs: [field.input],
    ...(field.call === undefined ? {} : { call: field.call }),
  });
  const [error] = [
    ...reading.syntaxErrors.map(({ type, span, message }) => `line ${span.line}: ${type}: ${message}`),
    ...reading.errors.map(({ type, message, place }) => `line ${place.line}: ${type}: ${message}`),
  ];
  if (error !== undefined) return { kind: 'refused', says: error };
  const unknown = reading.unknowns.find(({ bears }) => bears === 'network');
  if (unknown !== undefined)
    return { kind: 'refused', says: `line ${unknown.line}: not known: ${unknown.what}` };
  if (reading.network === undefined) return { kind: 'refused', says: 'the code builds no network' };
  return { kind: 'network', network: reading.network };
}
