/** The shape that several broadcast to; undefined where they don't. */
export function broadcastShapes(shapes: readonly (readonly number[])[]): number[] | undefined {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result: number[] = [];
  for (let axis = 1; axis <= rank; axis++) {
    let size = 1;
    for (const shape of shapes) {
      const own = shape[shape.length - axis] ?? 1;
      if (own === 1 || own === size) continue;
      if (size !== 1) return undefined;
      size = own;
    }
    result.unshift(size);
  }
  return result;
}
