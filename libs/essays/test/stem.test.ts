import { describe, expect, it } from '@jest/globals';
import { FIELD } from '../src/terms/field/table.js';
import { stemsOf } from '../src/terms/stems.js';
import { stem } from '../src/text/stem.js';

describe('light stemming', () => {
  it.each([
    ['normalisation', 'normalize'],
    ['regularising', 'regularization'],
    ['generalises', 'generalization'],
    ['gradients', 'gradient'],
    ['layers', 'layer'],
    ['reduction', 'reduces'],
    ['converging', 'converges'],
    ['saturated', 'saturation'],
    ['activations', 'activation'],
    ['stopped', 'stopping'],
    ['dependencies', 'dependency'],
    ['behaviour', 'behavior'],
    ['vanishing', 'vanishes'],
    ['batches', 'batch'],
    ['classes', 'class'],
    ['grus', 'gru'],
    ['relus', 'relu'],
    ['moving', 'move'],
    ['fires', 'fired'],
    ['mapped', 'map'],
    ['setting', 'set'],
    ['treated', 'treat'],
    ['repeating', 'repeats'],
    ['floating', 'float'],
    ['applied', 'apply'],
    ['supplies', 'supply'],
    ['dried', 'dry'],
    ['speeds', 'speeding'],
    ['balanced', 'balance'],
    ['influenced', 'influence'],
    ['mentioned', 'mention'],
    ['conditioned', 'condition'],
    ['installed', 'installing'],
    ['poured', 'pour'],
    ['gases', 'gas'],
    ['froze', 'freezes'],
    ['driven', 'drives'],
    ['felt', 'feeling'],
    ['labelled', 'labeled'],
    ['modelling', 'model'],
  ])('%s meets %s', (a, b) => {
    expect(stem(a)).toBe(stem(b));
  });

  it.each([
    ['generator', 'general'],
    ['generate', 'generalise'],
    ['encoder', 'decoder'],
    ['precision', 'precise'],
    ['weight', 'weighted'],
    ['loss', 'lose'],
    ['bias', 'base'],
    ['mean', 'meaning'],
    ['noted', 'not'],
    ['early', 'ear'],
    ['caring', 'car'],
    ['treated', 'tree'],
    ['left', 'leave'],
  ])('%s is not %s', (a, b) => {
    expect(stem(a)).not.toBe(stem(b));
  });
});

describe('the table of terms', () => {
  it('says each phrase once', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const [unit, ...others] of FIELD) {
      for (const phrase of [unit, ...others]) {
        const key = stemsOf(phrase).join(' ');
        const known = seen.get(key);
        if (known !== undefined && known !== unit) twice.push(`${phrase}: ${known} and ${unit}`);
        seen.set(key, unit);
      }
    }
    expect(twice).toEqual([]);
  });
});
