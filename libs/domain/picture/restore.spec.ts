import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../contract/catalogue/catalogue.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { sampleData } from '../../testing/samples.js';
import { minimise } from './minimise.js';
import { restored } from './restore.js';

describe('data put together again', () => {
  it.each(catalogue.map((entry) => [entry.type, entry] as const))('is what %s said', (type, entry) => {
    const data = sampleData[type] ?? {};
    const values = Object.fromEntries(
      fieldsOf(entry).map((field) => [field.path, minimise(field, 'clear', data)]),
    );
    expect(restored(values)).toEqual(data);
  });

  it('leaves out what is not there', () => {
    expect(restored({ 'pathways[].pathway': ['health', 'finance'], 'pathways[].score': [5, null] })).toEqual({
      pathways: [{ pathway: 'health', score: 5 }, { pathway: 'finance' }],
    });
  });
});
