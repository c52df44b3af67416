import { effectiveDay } from './dates.js';
import type { Folds } from './folds.js';

type LegalFormEvents = 'CarrierDesignated' | 'CarrierEnded' | 'AllianceStructured' | 'AllianceDissolved';

/** Carriers, structuring and dissolution. Partners, mandates and decisions stay as they are (3.6). */
export const legalFormFolds: Folds<LegalFormEvents> = {
  CarrierDesignated: (state, { data, occurredOn }, recorded) => {
    const designatedOn = effectiveDay(state, occurredOn, recorded);
    return { ...state, carriers: [...state.carriers, { ...data, designatedOn }] };
  },
  CarrierEnded: (state, { data, occurredOn }, recorded) => {
    const endedOn = effectiveDay(state, occurredOn, recorded);
    const carriers = state.carriers.map((one) => (one.carrierId === data.carrierId ? { ...one, endedOn } : one));
    return { ...state, carriers };
  },
  AllianceStructured: (state) => ({ ...state, incorporated: true }),
  /** Nothing becomes due, and nothing more is demanded, in an alliance that ended. */
  AllianceDissolved: (state) => ({ ...state, phase: 'dissolved', leavers: [], unannounced: [], due: undefined }),
};
