const WRITTEN =
  /(?<![\p{L}\d.,])(\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)(\.\d+)?\s?(k|K|M|thousand|million)?(?![\p{L}\d])/gu;
const SCALES: Readonly<Record<string, number>> = { k: 3, K: 3, thousand: 3, M: 6, million: 6 };

/** The whole numbers that a text states: 200,000, 200k and 0.2 million are one. */
export function numbersIn(text: string): ReadonlySet<bigint> {
  const found = new Set<bigint>();
  const plain = text.replaceAll('{,}', ',');
  for (const [, whole = '', fraction = '', scale = ''] of plain.matchAll(WRITTEN)) {
    const zeros = SCALES[scale] ?? 0;
    const decimals = fraction.slice(1).padEnd(zeros, '0');
    if (decimals.slice(zeros).replaceAll('0', '') !== '') continue;
    found.add(BigInt(whole.replaceAll(/\D/g, '') + decimals.slice(0, zeros)));
    // "512 512" may be two numbers as well as one.
    for (const piece of whole.split(/[\u00a0\u202f ]/)) if (/^\d+$/.test(piece)) found.add(BigInt(piece));
  }
  return found;
}
