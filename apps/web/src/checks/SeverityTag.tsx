import type { Check } from '../api/types.js';
import { SEVERITIES } from '../evidence/highlights.js';
import { Tag } from '../ui/StateTag.js';

const TONES = { error: 'fault', warning: 'unsure', design: 'quiet', remark: 'quiet' } as const;
const ICONS = { error: 'cross', warning: 'question', design: 'quote', remark: 'quote' } as const;

export function SeverityTag({ severity }: Pick<Check, 'severity'>) {
  return (
    <Tag tone={TONES[severity]} icon={ICONS[severity]}>
      {SEVERITIES[severity]}
    </Tag>
  );
}
