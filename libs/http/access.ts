import { SetMetadata } from '@nestjs/common';

/**
 * Who may call a route (HTTP page, 5.2): `public` anybody; `self` any account, about itself; `member` whoever may read
 * that alliance; `capacity` any account, and the ledger decides whether one of its capacities may.
 */
export type Access = 'public' | 'self' | 'member' | 'capacity';

export const ACCESS = 'collegium:access';

/** Every handler states its access: one that does not stops the start. */
export const Allows = (access: Access) => SetMetadata(ACCESS, access);
