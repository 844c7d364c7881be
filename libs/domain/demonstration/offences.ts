import { type Random } from './random.js';

/** An offence that people of the demonstration commit. */
export interface Offence {
  readonly cjsCode: string;
  readonly hoCode: string;
  readonly title: string;
  /** Arrest for it allows a drug test (PACE s.63B; the list itself is reference data). */
  readonly isTrigger: boolean;
}

export type OffendingKind = 'neighbourhood' | 'theft' | 'violence';

const offences: Readonly<Record<OffendingKind, readonly Offence[]>> = {
  neighbourhood: [
    { cjsCode: 'TH68036', hoCode: '028/03', title: 'Burglary in a dwelling', isTrigger: true },
    { cjsCode: 'TH68037', hoCode: '030/02', title: 'Burglary other than in a dwelling', isTrigger: true },
    { cjsCode: 'TH68023', hoCode: '034/01', title: 'Robbery', isTrigger: true },
    { cjsCode: 'TH68005', hoCode: '045/10', title: 'Theft from a motor vehicle', isTrigger: true },
    { cjsCode: 'TH68006', hoCode: '048/01', title: 'Theft of a motor vehicle', isTrigger: true },
    { cjsCode: 'TH68007', hoCode: '039/00', title: 'Theft from the person', isTrigger: true },
  ],
  theft: [
    { cjsCode: 'TH68010', hoCode: '046/00', title: 'Theft from a shop', isTrigger: true },
    { cjsCode: 'TH68082', hoCode: '054/01', title: 'Receiving stolen goods', isTrigger: true },
    { cjsCode: 'FI06001', hoCode: '053/40', title: 'Fraud by false representation', isTrigger: true },
    { cjsCode: 'TH68058', hoCode: '033/00', title: 'Going equipped for stealing', isTrigger: true },
    { cjsCode: 'RT88007', hoCode: '807/01', title: 'Driving while disqualified', isTrigger: false },
  ],
  violence: [
    {
      cjsCode: 'OF61102',
      hoCode: '008/06',
      title: 'Assault occasioning actual bodily harm',
      isTrigger: false,
    },
    { cjsCode: 'SC15001', hoCode: '008/67', title: 'Controlling or coercive behaviour', isTrigger: false },
    { cjsCode: 'PH97012', hoCode: '008/31', title: 'Breach of a restraining order', isTrigger: false },
    { cjsCode: 'CD71040', hoCode: '058/00', title: 'Criminal damage', isTrigger: false },
  ],
};

/** What someone is arrested for next: mostly what they are known for. */
export function offenceOf(random: Random, kind: OffendingKind): Offence {
  const other: OffendingKind = kind === 'theft' ? 'neighbourhood' : 'theft';
  return random.pick(offences[random.chance(0.8) ? kind : other]);
}
