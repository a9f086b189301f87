import type { PyValue, Runtime } from '../../objects/object.js';
import { floatRepr } from '../../text/numbers.js';
import { GiveUp, NdArray } from './array.js';
import { BOOL, FLOAT64, INT64 } from './dtypes.js';

const LINE = 75;

/** The elements as NumPy shows them, all of one width; gives up on what it would show otherwise. */
function elementTexts(array: NdArray): string[] {
  const values = array.values();
  const { kind } = array.dtype;
  if (kind === 'bool') return pad(values.map((value) => (value === 0 ? 'False' : 'True')));
  if (kind === 'integer') return pad(values.map(String));
  const finite = values.filter((value) => Number.isFinite(value) && value !== 0).map(Math.abs);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (finite.length > 0 && (high >= 1e8 || low < 1e-4 || high / low > 1000))
    throw new GiveUp('how an array of very large and small numbers is shown is not known here');
  const texts = values.map((value) =>
    Number.isFinite(value) ? trimmed(value, array.dtype === FLOAT64) : floatRepr(value),
  );
  const decimals = Math.max(
    0,
    ...texts.map((text) => (text.includes('.') ? text.length - text.indexOf('.') - 1 : 0)),
  );
  return pad(
    texts.map((text) => {
      const own = text.includes('.') ? text.length - text.indexOf('.') - 1 : -1;
      return own < 0 ? text : text + ' '.repeat(decimals - own);
    }),
  );
}

/** Up to eight decimals, as few as tell the number, and a point at the end of whole ones. */
function trimmed(value: number, double: boolean): string {
  const shortest = double ? floatRepr(value) : shortestSingle(value);
  const decimals = shortest.split('.')[1]?.length ?? 0;
  const text = decimals > 8 || shortest.includes('e') ? value.toFixed(8).replace(/0+$/, '') : shortest;
  return text.replace(/\.0$/, '.');
}

/** The shortest digits that a float32 reads back from. */
export function shortestSingle(value: number): string {
  for (let digits = 1; digits <= 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return floatRepr(text);
  }
  return floatRepr(value);
}

function pad(texts: readonly string[]): string[] {
  const width = Math.max(0, ...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}

function nest(texts: readonly string[], shape: readonly number[], indent: string, comma: string): string {
  const [length = 0, ...inner] = shape;
  if (shape.length === 0) return texts[0] ?? '';
  const size = inner.reduce((product, each) => product * each, 1);
  const rows = Array.from({ length }, (_, row) =>
    nest(texts.slice(row * size, (row + 1) * size), inner, `${indent} `, comma),
  );
  if (inner.length === 0) {
    const line = `[${rows.join(`${comma} `)}]`;
    if (line.length + indent.length > LINE) throw new GiveUp('how a long array is shown is not known here');
    return line;
  }
  return `[${rows.join(`${comma}${'\n'.repeat(inner.length)}${indent} `)}]`;
}

/** `str(array)` and `repr(array)` */
export function arrayText(rt: Runtime, array: NdArray, full: boolean): PyValue {
  if (array.size > 1000) throw new GiveUp('how a large array is shown is not known here');
  rt.step(array.size);
  const texts = elementTexts(array);
  if (!full) return nest(texts, array.shape, '', '');
  const usual = [FLOAT64, INT64, BOOL].includes(array.dtype) && array.size > 0;
  return `array(${nest(texts, array.shape, '      ', ',')}${usual ? '' : `, dtype=${array.dtype.name}`})`;
}
