import { describe, expect, it } from '@jest/globals';
import { entryOf, catalogue } from '../../contract/catalogue/catalogue.js';
import { fieldsOf } from '../../contract/catalogue/fields.js';
import { documentOf, type ShortClause } from '../../testing/agreements.js';
import { classesOf, effectsOf, flowsOf } from './clause-flows.js';
import { type Clause } from './document.js';

const short: ShortClause = {
  id: 'custody',
  publishers: ['police', 'prison'],
  recipients: ['prison', 'housing'],
  purposes: ['resettlement'],
  types: ['police.arrest.recorded', 'prison.released'],
  fields: { clear: ['name'] },
};
function clauseOf(change: Partial<ShortClause>): Clause {
  const [clause] = documentOf({ reference: 'flows', clauses: [{ ...short, ...change }] }).clauses;
  if (clause === undefined) throw new Error('there is no clause');
  return clause;
}
const flows = (change: Partial<ShortClause> = {}): readonly string[] =>
  flowsOf(clauseOf(change), catalogue).map(
    ({ publisher, recipient, entry }) => `${publisher.id} to ${recipient.id}: ${entry.type}`,
  );

describe('what flows under a clause', () => {
  it('is what each publisher may publish of its types, to every other agency', () => {
    expect(flows()).toEqual([
      'police to prison: police.arrest.recorded',
      'police to housing: police.arrest.recorded',
      'prison to housing: prison.released',
    ]);
  });

  it('is nothing of types that it does not name, and nothing to nobody', () => {
    expect(flows({ types: ['treatment.*'] })).toEqual([]);
    expect(flows({ publishers: ['postmen', 'police'], recipients: ['nobody', 'housing'] })).toEqual([
      'police to housing: police.arrest.recorded',
    ]);
  });
});

describe('what a clause does to fields', () => {
  const entry = entryOf('police.arrest.recorded', 1);
  const effects = (fields: ShortClause['fields']): Readonly<Record<string, unknown>> => {
    if (entry === undefined) throw new Error('the type is gone');
    const all = effectsOf(clauseOf({ fields }), entry);
    return Object.fromEntries(
      fieldsOf(entry).flatMap(({ path }, index) => (all[index] === undefined ? [] : [[path, all[index]]])),
    );
  };

  it('is the strictest that it names', () => {
    expect(effects({ clear: ['address', 'sex'], generalise: ['address.postcode'], mask: ['sex'] })).toEqual({
      'address.lines': 'clear',
      'address.postcode': 'generalise',
      sex: 'mask',
    });
  });

  it('is nothing to what cannot be made coarser', () => {
    expect(effects({ generalise: ['dateOfBirth', 'sex'] })).toEqual({ dateOfBirth: 'generalise' });
  });

  it('is told by class, each once, for some of the effects', () => {
    if (entry === undefined) throw new Error('the type is gone');
    const clause = clauseOf({ fields: { clear: ['name', 'arrestedAt'], mask: ['sex', 'class:LOC'] } });
    const flow = { entry, effects: effectsOf(clause, entry) };
    expect(classesOf(flow, ['clear'])).toEqual(['PERS', 'CJF']);
    expect(classesOf(flow, ['mask'])).toEqual(['PERS', 'LOC']);
    expect(classesOf(flow, ['generalise'])).toEqual([]);
  });
});
