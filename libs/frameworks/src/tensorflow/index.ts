export { graphCall, keptRank, shortName } from './graph-calls.js';
export type { GraphCall } from './graph-calls.js';
export { concatenated, splitApart, stacked } from './graph-joins.js';
export type { Joined } from './graph-joins.js';
export {
  apart,
  axisOf,
  exampleOf,
  graphShape,
  graphShapesWhere,
  shownShape,
  sizeOf,
} from './graph-shapes.js';
export { combines, keepsShape } from './graph-rules.js';
export { filterOf, imagesOf } from './graph-windows.js';
export type { GraphShape, ShapeOf } from './graph-windows.js';
export { arrayShape, mayBeLonger } from './grown-lists.js';
export { elementsOf, placeOfAxis, staticSize, staticSizes } from './static-sizes.js';
