import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { loadedKatex, loadKatex } from './loadKatex.js';
import classes from './text.module.css';

/** Past this a formula is shown as written: nobody reads it, and laying it out would hold up the page. */
const LONGEST = 4000;

export function Formula({ tex, display = false }: { tex: string; display?: boolean }) {
  const [ready, setReady] = useState(loadedKatex() !== null);
  const place = useRef<HTMLSpanElement>(null);
  const drawable = tex.length <= LONGEST;

  useEffect(() => {
    if (ready || !drawable) return undefined;
    let here = true;
    loadKatex().then(
      () => here && setReady(true),
      () => undefined, // The formula stays as written.
    );
    return () => {
      here = false;
    };
  }, [ready, drawable]);

  useLayoutEffect(() => {
    const katex = loadedKatex();
    if (!ready || !drawable || katex === null || place.current === null) return;
    katex.draw(place.current, tex, display);
  }, [ready, drawable, tex, display]);

  if (!ready || !drawable) return <code className={classes.rawFormula}>{tex}</code>;
  return <span ref={place} className={display ? classes.display : undefined} />;
}
