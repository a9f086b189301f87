import katex from 'katex';
import 'katex/dist/katex.min.css';

/** Draws TeX into an element. Untrusted: no links, no HTML, bounded expansion and size; what fails to parse stays readable. */
export function draw(element: HTMLElement, tex: string, displayMode: boolean): void {
  katex.render(tex, element, {
    displayMode,
    trust: false,
    strict: 'ignore',
    throwOnError: false,
    errorColor: 'var(--unsure)',
    maxExpand: 200,
    maxSize: 12,
    output: 'htmlAndMathml',
  });
}
