interface Said {
  readonly says: string;
}

/** Remarks that differ in nothing but how sure the machine was are one, with what it was least sure of. */
export function leastSure<Remark extends Said>(remarks: readonly Remark[]): readonly Remark[] {
  const found = new Map<string, Remark>();
  for (const remark of remarks) {
    const kind = remark.says.replaceAll(SHARE, '%');
    const other = found.get(kind);
    if (other === undefined || shareIn(remark) < shareIn(other)) found.set(kind, remark);
  }
  return [...found.values()];
}

const SHARE = /\d+ ?%/g;

const shareIn = ({ says }: Said): number => Number.parseInt(says.match(SHARE)?.[0] ?? '0', 10);
