import { useEffect, useEffectEvent, useState } from 'react';
import { progressAddress } from '../api/submissions.js';

export interface Progress {
  readonly step: 'received' | 'reading' | 'split' | 'marking' | 'done' | 'failed';
  readonly marked: number;
  readonly parts: number;
}

/**
 * What the server tells as it happens; null where it does not. The page asks for the submission every few seconds all the
 * same, so nothing is lost where a proxy lets no events through.
 */
export function useProgress(
  submission: string,
  active: boolean,
  onChange: () => void,
  onTold: (told: boolean) => void,
): Progress | null {
  const [progress, setProgress] = useState<Progress | null>(null);
  const changed = useEffectEvent(onChange);
  const tell = useEffectEvent(onTold);
  useEffect(() => {
    if (!active || typeof EventSource === 'undefined') return;
    const source = new EventSource(progressAddress(submission));
    source.addEventListener('progress', (event: MessageEvent<string>) => {
      const told = JSON.parse(event.data) as Progress;
      setProgress(told);
      tell(true);
      const last = told.step === 'done' || told.step === 'failed';
      if (last) source.close();
      if (last || told.step === 'split') changed();
    });
    // Ended or cut: from here on the page asks by itself.
    source.addEventListener('error', () => {
      source.close();
      tell(false);
    });
    return () => {
      source.close();
      tell(false);
    };
  }, [submission, active]);
  return progress;
}
