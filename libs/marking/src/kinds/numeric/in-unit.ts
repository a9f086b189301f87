import { formatInteger } from '@tensormark/network';
import {
  isOfBytes,
  unitPower,
  type Asked,
  type Reference,
  type ReferenceNode,
} from '@tensormark/parameter-count';

const FIGURES = 6;

/** A value as one writes it: whole numbers grouped, others to six figures. */
export function shownValue({ value }: ReferenceNode): string {
  return shown(value.numerator, value.denominator).text;
}

/** Whether a value is written out in full, and not to so many figures. */
export function isShownInFull({ value }: ReferenceNode): boolean {
  return shown(value.numerator, value.denominator).exact;
}

/** What is expected in the unit asked for, such as `12.8451 MB`; undefined where none is, or it changes nothing. */
export function valueInUnit(asked: Asked, reference: Reference): string | undefined {
  const { measuredIn, nodes } = asked;
  const node = nodes.length === 1 ? reference.nodes.get(nodes[0]) : undefined;
  if (measuredIn !== null && node !== undefined) return `${shownValue(node)} ${measuredIn.written}`;
  const found = inUnit(asked, reference);
  return found && `${found.converted.text} ${found.unit}`;
}

/** The step to the unit asked for, to stand behind the equation of the value itself. */
export function conversionOf(
  asked: Asked,
  reference: Reference,
): { readonly text: string; readonly latex: string } | undefined {
  if (asked.measuredIn !== null) {
    const { written } = asked.measuredIn;
    return { text: ` ${written}`, latex: `\\,\\text{${written.replaceAll('%', '\\%')}}` };
  }
  const found = inUnit(asked, reference);
  if (found === undefined) return undefined;
  const { value, base, exponent, converted, unit } = found;
  const bytes = isOfBytes(unit);
  const sign = converted.exact ? '=' : '≈';
  const power = exponent === 1 ? String(base) : `${base}^${exponent}`;
  return {
    text: `${bytes ? ' bytes' : ''}, ${formatInteger(value)}/${power} ${sign} ${converted.text} ${unit}`,
    latex:
      `${bytes ? '\\,\\text{bytes}' : ''},\\quad \\frac{${inLatex(formatInteger(value))}}{${power}} ` +
      `${converted.exact ? '=' : '\\approx'} ${inLatex(converted.text)}\\,\\text{${unit}}`,
  };
}

function inUnit({ nodes, unit }: Asked, { nodes: known, convention }: Reference) {
  const node = nodes.length === 1 ? known.get(nodes[0]) : undefined;
  const power = unit === null ? null : unitPower(unit, convention);
  if (node === undefined || unit === null || power === null || node.value.denominator !== 1n)
    return undefined;
  const { base, exponent } = power;
  const value = node.value.numerator;
  return { value, base, exponent, unit, converted: shown(value, BigInt(base) ** BigInt(exponent)) };
}

interface Shown {
  readonly text: string;
  readonly exact: boolean;
}

function shown(numerator: bigint, denominator: bigint): Shown {
  if (numerator % denominator === 0n) return { text: formatInteger(numerator / denominator), exact: true };
  const text = Number((Number(numerator) / Number(denominator)).toPrecision(FIGURES)).toString();
  const [, decimals = ''] = text.split('.');
  const written = BigInt(text.replace('.', '').replace(/e.*/, ''));
  return {
    text,
    exact: !text.includes('e') && written * denominator === numerator * 10n ** BigInt(decimals.length),
  };
}

/** `12,845` as `12{,}845`, so that no space is set behind the comma. */
export function inLatex(text: string): string {
  return text.replaceAll(',', '{,}');
}
