import { type Regime } from '../../contract/agency.js';

/** Stands in every subject's copy alike, so that it tells nobody whether anything was left out of theirs (R17). */
export const OMISSIONS =
  'The law allows some information to be left out of a copy like this one. This note stands in every copy, whether or not anything was. You may ask the Information Commissioner to check, or apply to a court.';

/** Stands there in the commissioner's copy. */
export const OMISSIONS_LISTED =
  "What was left out of the person's own copy is listed at the end, with the ground and the reason. The values are not in this copy.";

/** R21: the hub decides who may see a record, people everything else. */
export const AUTOMATED =
  'None. No significant decision about you is taken by automated means alone: agreements decide by rule who may see a record, and people decide everything about you.';

/** Where each regime gives the right of access (R16). */
export const accessLaws: Readonly<Record<Regime, string>> = {
  'part-3': 'Data Protection Act 2018 s.45',
  'uk-gdpr': 'UK GDPR Article 15',
};

/** What else a person may ask for, and of whom (R16, R18). */
export const rightsWords: Readonly<Record<Regime, readonly string[]>> = {
  'part-3': [
    'You may ask for data that are inaccurate to be put right (DPA 2018 s.46).',
    'You may ask for data to be erased, or for their processing to be restricted (DPA 2018 s.47).',
    'You may complain to the Information Commissioner (DPA 2018 s.165), and apply to a court (DPA 2018 s.167).',
  ],
  'uk-gdpr': [
    'You may ask for data that are inaccurate to be put right (UK GDPR Article 16).',
    'You may ask for data to be erased, or for their processing to be restricted (UK GDPR Articles 17 and 18), and object to it (Article 21).',
    'You may complain to the Information Commissioner (DPA 2018 s.165), and apply to a court (DPA 2018 s.167).',
  ],
};
