import type { Runtime } from '@tensormark/python';
import type { Drawn } from '@tensormark/network';
import { readingOf } from '../../trace/reading.js';
import { sourcePlace } from '../../trace/trace.js';
import type { TensorObject } from './tensor.js';

const UNIT: Drawn = { kind: 'uniform', low: 0, high: 1 };

/** What is drawn within a forward is drawn anew in each pass: it is part of the network, and so is what is made of it. */
export function placeDrawn(rt: Runtime, made: TensorObject): void {
  const { trace } = readingOf(rt);
  made.drawnIn = trace;
  trace?.valueOf(made, rt.span && sourcePlace(rt.span));
}

/** A tensor that nothing of the network knows yet was filled at random within a forward. */
export function placeFilled(rt: Runtime, self: TensorObject): void {
  const { trace } = readingOf(rt);
  const shared = self.viewOf !== undefined || self.dataOf !== undefined || self.viewed;
  if (trace !== undefined && !shared && !trace.contains(self)) placeDrawn(rt, self);
}

/** The same with ones, each with a probability, and zeros: what is drawn evenly is compared with it. */
export function placeChances(rt: Runtime, self: TensorObject, probability: number): void {
  const { trace } = readingOf(rt);
  const shared = self.viewOf !== undefined || self.dataOf !== undefined || self.viewed;
  if (trace === undefined || shared || trace.contains(self) || self.dtype !== 'float32') return;
  const place = rt.span && sourcePlace(rt.span);
  const site = { modulePath: trace.path, ...(place && { place }) };
  const { builder } = trace;
  const drawn = builder.constant(self, 'constant', place, { drawn: UNIT });
  const chosen = builder.apply('lt', { positional: [drawn, probability] }, site).outputs;
  if (!chosen || !('node' in chosen)) return;
  const ones = builder.apply('float', { positional: [chosen] }, site).outputs;
  if (ones && 'node' in ones) trace.bind(self, ones);
}
