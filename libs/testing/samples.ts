import { hub } from './sample-hub.js';
import { court, police, prison, probation } from './sample-justice.js';
import { housing, others, treatment } from './sample-services.js';

/** One valid `data` for every event type of the catalogue, all about the same invented person. */
export const sampleData: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ...police,
  ...probation,
  ...prison,
  ...court,
  ...housing,
  ...treatment,
  ...others,
  ...hub,
};
