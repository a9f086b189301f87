import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import classes from './text.module.css';

type Katex = typeof import('./katex.js');

let katex: Katex | null = null;
let loading: Promise<Katex> | null = null;

/** KaTeX is large and only some answers need it, so it comes when the first formula does. */
export function loadKatex(): Promise<Katex> {
  loading ??= import('./katex.js').then((loaded) => {
    katex = loaded;
    return loaded;
  });
  return loading;
}

/** Past this a formula is shown as written: nobody reads it, and laying it out would hold up the page. */
const LONGEST = 4000;

export function Formula({ tex, display = false }: { tex: string; display?: boolean }) {
  const [ready, setReady] = useState(katex !== null);
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
    if (!ready || !drawable || katex === null || place.current === null) return;
    katex.draw(place.current, tex, display);
  }, [ready, drawable, tex, display]);

  if (!ready || !drawable) return <code className={classes.rawFormula}>{tex}</code>;
  return <span ref={place} className={display ? classes.display : undefined} />;
}
