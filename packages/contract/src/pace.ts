// How hard indexing may work, as a person chooses it and as it acts now.
import { z } from 'zod';

/** `gentle` hardly felt beside other work; `balanced`; `full` all that the machine gives to a background program. */
export const pace = z.enum(['gentle', 'balanced', 'full']);
export type Pace = z.infer<typeof pace>;

/** `automatic` follows battery and idleness, where the host knows of them. */
export const paceChoice = z.enum(['automatic', ...pace.options]);
export type PaceChoice = z.infer<typeof paceChoice>;

/** Why it acts as it does; `unknown`: automatic, on a host that cannot tell. */
export const paceReason = z.enum(['chosen', 'battery', 'active', 'idle', 'suspended', 'unknown']);
export type PaceReason = z.infer<typeof paceReason>;

export const paceState = z.object({
  choice: paceChoice,
  /** `stopped` while the machine sleeps. */
  acting: z.enum([...pace.options, 'stopped']),
  because: paceReason,
});
export type PaceState = z.infer<typeof paceState>;
