import { agreedMarks, formatMarks, parseMarks, type Marks } from '@tensormark/marking';
import type { AgreeOn } from '@tensormark/records';

/** What stands of two marks by the rule that was ordered; null where they are too far apart. */
export function agreedOn({ first, second, order, maximum }: AgreeOn): string | null {
  const agreed = agreedMarks({
    first: exact(first),
    second: exact(second),
    tolerance: exact(order.tolerance),
    agreed: order.agreed,
    step: exact(order.step),
    maximum: exact(maximum),
  });
  return agreed === null ? null : formatMarks(agreed);
}

function exact(recorded: string): Marks {
  const marks = parseMarks(recorded);
  if (marks === undefined) throw new Error(`${recorded} are no marks`);
  return marks;
}
