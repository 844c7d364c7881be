import { type VisibleFact } from '../../../libs/adapters/read-store/read-store.js';
import { entryOf } from '../../../libs/contract/catalogue/catalogue.js';
import { fieldsOf } from '../../../libs/contract/catalogue/fields.js';
import { MASKED } from '../../../libs/domain/picture/minimise.js';
import { valueKey } from '../../../libs/domain/picture/grants.js';
import { type SharedField, type Shown } from './visibility.js';
import { type Witness } from './witness.js';

export interface FieldView {
  readonly name: string;
  readonly status: 'SHARED' | 'GENERALISED' | 'MASKED' | 'WITHHELD';
  readonly value: unknown;
  readonly clause: string | null;
  /** Conditions of the publisher that travel with the field (R51). */
  readonly handlingConditions: string | null;
  /** Whom to ask about what is withheld. */
  readonly ask: string | null;
}

/** What a fact asks of the picture around it. */
export interface FactSurroundings {
  /** Whom to ask about what a publisher does not share. */
  contact(publisher: string): string | null;
  /** Whether the fact at a log position is in this picture too. */
  holds(position: number): boolean;
}

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
    private readonly around: FactSurroundings,
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

  get restricted(): boolean {
    return this.shown.restricted;
  }

  get handlingConditions(): string | null {
    return this.fact.handlingConditions;
  }

  /** That it was corrected or retracted is told to all who have it (R9); by which fact, to those who have that too. */
  get superseded(): { readonly kind: string; readonly by: string | null } | null {
    const { superseded } = this.fact;
    if (superseded === null) return null;
    return { kind: superseded.kind, by: this.around.holds(superseded.position) ? superseded.by : null };
  }

  /** The fields that a clause shares and the publisher recorded, with their values. */
  get fields(): readonly FieldView[] {
    const values = this.values();
    const present = this.shown.shared.filter((field) => isPresent(values, field));
    this.note(present);
    return present.map(({ path, outcome, clause }) => ({
      name: path,
      status: statuses[outcome],
      value: outcome === 'mask' ? MASKED : values[valueKey(path, outcome)],
      clause,
      handlingConditions: this.handlingConditions,
      ask: null,
    }));
  }

  /** The fields that would be shared, had the publisher recorded them. */
  get notRecorded(): readonly string[] {
    const values = this.values();
    const absent = this.shown.shared.filter((field) => !isPresent(values, field));
    this.witness.read(
      this.fact.position,
      absent.map(({ path, clause }) => ({ path, as: 'absent', clause })),
    );
    return absent.map(({ path }) => path);
  }

  /** The fields of this type that are not shared, recorded or not: which of them exist is not told. */
  get withheld(): readonly FieldView[] {
    const entry = entryOf(this.fact.type, this.fact.version);
    const shared = new Set(this.shown.shared.map(({ path }) => path));
    const ask = this.around.contact(this.fact.publisher);
    return (entry === undefined ? [] : fieldsOf(entry))
      .filter(({ path }) => !shared.has(path))
      .map(({ path }) => ({
        name: path,
        status: 'WITHHELD',
        value: null,
        clause: this.shown.prohibited.get(path) ?? null,
        handlingConditions: null,
        ask,
      }));
  }

  /** Notes that the values at these paths are in the answer, apart from `fields`. */
  tell(paths: readonly string[]): void {
    this.note(this.shown.shared.filter(({ path }) => paths.includes(path)));
  }

  private note(shared: readonly SharedField[]): void {
    this.witness.read(
      this.fact.position,
      shared.map(({ path, outcome, clause }) => ({ path, as: outcome, clause })),
    );
  }

  private values(): Readonly<Record<string, unknown>> {
    return JSON.parse(this.fact.values) as Readonly<Record<string, unknown>>;
  }
}

function isPresent(values: Readonly<Record<string, unknown>>, { path, outcome }: SharedField): boolean {
  return outcome === 'mask' || values[valueKey(path, outcome)] !== undefined;
}
