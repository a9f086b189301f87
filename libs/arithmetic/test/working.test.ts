import { describe, expect, it } from '@jest/globals';
import { readWorking } from '../src/index.js';
import { equationIn, quantityIn } from './written.js';

const ANSWER = `1. First Block: 512 filters of size 7*7

Parameters: $(3*7*7) * 512 = 75264$

2. Second Block: split into 8 parts

Per part: $(64*3*3) * (512/8) = 36864$

Total: $75264 + 294912 = \\mathbf{370176}$ parameters`;

describe('what is said about an item', () => {
  it('quotes the characters it rests on', () => {
    const quotes = readWorking(ANSWER).equations.map(({ start, end }) => ANSWER.slice(start, end));
    expect(quotes).toEqual([
      '(3*7*7) * 512 = 75264',
      '(64*3*3) * (512/8) = 36864',
      '75264 + 294912 = \\mathbf{370176}',
    ]);
  });

  it('names label, lead, list mark and line', () => {
    const found = readWorking(ANSWER).equations.map(({ label, lead, marker, line }) => [
      label?.text,
      lead?.text,
      marker?.text,
      line,
    ]);
    expect(found).toEqual([
      ['Parameters', 'First Block', '1.', 3],
      ['Per part', 'Second Block', '2.', 7],
      ['Total', 'Second Block', '2.', 9],
    ]);
  });

  it('quotes labels where they stand', () => {
    const [first] = readWorking(ANSWER).equations;
    expect(first?.label && ANSWER.slice(first.label.start, first.label.end)).toBe('Parameters');
  });

  it('keeps units and the words behind', () => {
    const equation = equationIn('3*3*64 = 576 weights per map');
    expect(equation.after).toBe('weights per map');
    expect(equation.sides[1]?.unit).toEqual({ written: 'weights', counts: 'parameters' });
  });

  it('keeps both readings of a kilobyte', () => {
    const { value, otherReadings, unit } = quantityIn('Memory: 294 KB');
    expect(value).toMatchObject({ kind: 'exact' });
    expect(unit).toEqual({ written: 'KB', counts: 'bytes' });
    expect(otherReadings.map((reading) => [reading.value.toString(), reading.conventions])).toEqual([
      ['294000', ['prefix-is-1000']],
      ['301056', ['prefix-is-1024']],
    ]);
  });

  it('offers a shape also as the number of its elements', () => {
    const { sizes, otherReadings } = quantityIn('Output: (64, 32, 32)');
    expect(sizes?.map(String)).toEqual(['64', '32', '32']);
    expect(otherReadings.map(({ value }) => value.toString())).toEqual(['65536']);
  });

  it('shows digits, significant figures and the step of the last digit', () => {
    const { pairs } = equationIn('75264 ≈ 75.3k');
    expect(pairs[0]?.verdict).toMatchObject({
      kind: 'rounded',
      marked: true,
      rounding: { decimals: 1, significant: 3, modes: ['nearest', 'half-even', 'up'] },
    });
  });

  it('says by how much an equation is false', () => {
    const { verdict } = equationIn('(3*7*7) * 512 = 37632').pairs[0] ?? {};
    expect(verdict?.kind === 'false' && [verdict.difference.toString(), verdict.ratio?.toString()]).toEqual([
      '-37632',
      '1/2',
    ]);
  });

  it('names the carried number of a running total', () => {
    const text = '147 * 512 = 75264 + 512 = 75776';
    const { verdict } = equationIn(text).pairs[0] ?? {};
    expect(verdict?.kind === 'running-total' && text.slice(verdict.carried.start, verdict.carried.end)).toBe(
      '75264',
    );
  });

  it('points at what was not understood', () => {
    const text = 'K*K*64 = 576';
    const { verdict } = equationIn(text).pairs[0] ?? {};
    expect(
      verdict?.kind === 'not-understood' && [verdict.why, text.slice(verdict.start, verdict.end)],
    ).toEqual(['unknown-name', 'K']);
  });

  it('keeps the sides of an equation that breaks off', () => {
    const { pairs, verdict } = equationIn('3*49 = (147');
    expect(verdict).toBe('not-understood');
    expect(pairs[0]).toMatchObject({ left: 0, right: null });
  });

  it('notes what is crossed out and what can be read in two ways', () => {
    const { notes } = readWorking('~~3*49 = 174~~ Total: 75.264');
    expect(notes.map(({ kind }) => kind)).toEqual(['struck-out', 'ambiguous-number']);
  });

  it('places items in the cells of a table', () => {
    const text = '| layer | parameters |\n|---|---|\n| conv1 | 75,264 |\n| fc | 512*30 = 15360 |';
    const { tables, quantities, equations } = readWorking(text);
    expect(tables[0]?.header).toEqual(['layer', 'parameters']);
    expect(tables[0]?.rows.map(({ cells }) => cells.map((cell) => cell.text))).toEqual([
      ['conv1', '75,264'],
      ['fc', '512*30 = 15360'],
    ]);
    expect(quantities[0]?.cell).toEqual({
      table: 0,
      row: 0,
      column: 1,
      header: 'parameters',
      rowLabel: 'conv1',
    });
    expect(equations[0]?.cell).toMatchObject({ row: 1, rowLabel: 'fc' });
  });
});
