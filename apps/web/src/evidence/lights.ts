import type { FocusEvent, HTMLAttributes, MouseEvent } from 'react';

/** Names what lies here: the pointer or the focus in it lights its places in the answer. */
export const lights = (id: string | null) => (id === null ? {} : { 'data-lights': id });

type Lighting = Required<
  Pick<HTMLAttributes<HTMLElement>, 'onMouseOver' | 'onMouseLeave' | 'onFocus' | 'onBlur'>
>;

/** For what holds pieces of evidence: the innermost one under the pointer, or with the focus, is lit. */
export function lighting(onLight: (id: string | null) => void): Lighting {
  const light = ({ target }: MouseEvent<HTMLElement> | FocusEvent<HTMLElement>) => {
    const found = target instanceof Element ? target.closest<HTMLElement>('[data-lights]') : null;
    onLight(found?.dataset['lights'] ?? null);
  };
  const darken = () => onLight(null);
  return { onMouseOver: light, onMouseLeave: darken, onFocus: light, onBlur: darken };
}

/** Goes from a place in the answer to what is said of it. */
export function focusWhatIsSaidOf(id: string, within: ParentNode): void {
  within.querySelector<HTMLElement>(`[data-lights="${CSS.escape(id)}"] button`)?.focus();
}

/** The place after the one that is lit, in the order of the text and round again. */
export function placeAfter(
  places: readonly { readonly id: string; readonly start: number; readonly end: number }[],
  lit: string | null,
): string | null {
  const inOrder = places.toSorted((one, other) => one.start - other.start || one.end - other.end);
  const at = inOrder.findIndex(({ id }) => id === lit);
  return inOrder[(at + 1) % inOrder.length]?.id ?? null;
}
