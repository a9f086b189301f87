import type { Gaps } from '@tensormark/frameworks';
import type { Network } from '@tensormark/network';

/** A network that was read, with all that was noticed on the way. */
export interface Counted {
  readonly name: string | undefined;
  readonly network: Network | undefined;
  /** Whether a forward pass was followed to its output. */
  readonly traced: boolean;
  /** Which counts an unknown leaves a gap in; none where absent. */
  readonly gaps?: Gaps;
  readonly errors: readonly { readonly line: number; readonly says: string; readonly file?: string }[];
  readonly unknowns: readonly { readonly line: number; readonly what: string }[];
  /** Why there is no network, for people. */
  readonly unread?: string | undefined;
  /** The models that the source offers. */
  readonly candidates: readonly { readonly name: string; readonly line: number }[];
}
