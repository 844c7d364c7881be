import { type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
import { entryOf } from '../../../libs/contract/catalogue/catalogue.js';
import { fieldsOf } from '../../../libs/contract/catalogue/fields.js';
import { MASKED } from '../../../libs/domain/picture/minimise.js';
import { valueKey } from '../../../libs/domain/picture/project.js';
import { type Shown } from './visibility.js';
import { type AnsweredField, type Witness } from './witness.js';

export interface FieldView extends AnsweredField {
  readonly value: unknown;
  /** Whom to ask about what is withheld. */
  readonly ask: string | null;
}

/** Whom to ask about what a publisher does not share. */
export type Contact = (publisher: string) => string | null;

const statuses = { clear: 'SHARED', generalise: 'GENERALISED', mask: 'MASKED' } as const;

/**
 * A fact as GraphQL reads it. Fields are made when they are asked for, and only then noted as shown, so the
 * disclosure record says exactly what was in the answer (R24, R25).
 */
export class FactView {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly nature: string;

  constructor(
    readonly fact: VisibleFact,
    private readonly shown: Shown,
    private readonly witness: Witness,
    private readonly contact: Contact,
  ) {
    const entry = entryOf(fact.type, fact.version);
    this.id = fact.id;
    this.type = fact.type;
    this.title = entry?.title ?? fact.type;
    this.nature = (entry?.nature ?? 'fact').toUpperCase();
    witness.saw(fact.position, fact.offender);
  }

  get publisher(): string {
    return this.fact.publisher;
  }

  get happened(): VisibleFact['happened'] {
    return this.fact.happened;
  }

  get received(): string {
    return new Date(this.fact.received).toISOString();
  }

  get recorded(): string | null {
    return this.fact.recorded;
  }

  get superseded(): VisibleFact['superseded'] {
    return this.fact.superseded;
  }

  /** The fields that a clause shares and the publisher recorded, with their values. */
  get fields(): readonly FieldView[] {
    const values = this.values();
    const views = this.shown.shared.flatMap(({ path, outcome, clause }): FieldView[] => {
      const value = outcome === 'mask' ? MASKED : values[valueKey(path, outcome)];
      return value === undefined ? [] : [{ name: path, status: statuses[outcome], value, clause, ask: null }];
    });
    this.witness.read(this.fact.position, views);
    return views;
  }

  /** The fields that would be shared, had the publisher recorded them. */
  get notRecorded(): readonly string[] {
    const values = this.values();
    return this.shown.shared.flatMap(({ path, outcome }) =>
      outcome === 'mask' || values[valueKey(path, outcome)] !== undefined ? [] : [path],
    );
  }

  /** The fields of this type that are not shared, recorded or not: which of them exist is not told. */
  get withheld(): readonly FieldView[] {
    const entry = entryOf(this.fact.type, this.fact.version);
    const shared = new Set(this.shown.shared.map(({ path }) => path));
    const ask = this.contact(this.fact.publisher);
    return (entry === undefined ? [] : fieldsOf(entry))
      .filter(({ path }) => !shared.has(path))
      .map(({ path }) => ({
        name: path,
        status: 'WITHHELD',
        value: null,
        clause: this.shown.prohibited.get(path) ?? null,
        ask,
      }));
  }

  /** Notes that the values at these paths are in the answer, apart from `fields`. */
  tell(paths: readonly string[]): void {
    const told = this.shown.shared.filter(({ path }) => paths.includes(path));
    this.witness.read(
      this.fact.position,
      told.map(({ path, clause }) => ({ name: path, status: 'SHARED', clause })),
    );
  }

  private values(): Readonly<Record<string, unknown>> {
    return JSON.parse(this.fact.values) as Readonly<Record<string, unknown>>;
  }
}
