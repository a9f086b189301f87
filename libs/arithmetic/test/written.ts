import { readWorking, type Equation, type Expression, type Quantity } from '../src/index.js';

/** The only equation of a text. */
export function equationIn(text: string): Equation {
  const [equation, ...rest] = readWorking(text).equations;
  if (!equation || rest.length > 0) throw new Error(`One equation was expected in: ${text}`);
  return equation;
}

/** The only quantity of a text. */
export function quantityIn(text: string): Quantity {
  const [quantity, ...rest] = readWorking(text).quantities;
  if (!quantity || rest.length > 0) throw new Error(`One quantity was expected in: ${text}`);
  return quantity;
}

/** An expression as written on its own. */
export function written(text: string): Expression {
  return quantityIn(`= ${text}`).expression;
}
