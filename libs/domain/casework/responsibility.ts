import { Conflict } from '../../contract/failure.js';
import { type CaseworkEvent, type Ground } from './command.js';
import { type DecideManagement, type TransferResponsibility } from './management-command.js';
import { fact, instantOf, needAgencies, needText } from './deciding.js';
import { type Held, heldAt } from './held.js';
import { type Level } from './level.js';
import { ofType, type Step, textIn } from './read-data.js';

/** Responsibility for management passed to the co-located team, as Priority means it. */
export interface Responsibility {
  readonly at: number;
  readonly toTeam: string | null;
  /** Agency id. */
  readonly fromAgency: string | null;
  readonly by: readonly string[];
}

export function responsibilitiesOf(steps: readonly Step[]): readonly Responsibility[] {
  return ofType(steps, 'hub.responsibility.transferred').map(({ id, at, data }) => ({
    at,
    toTeam: textIn(data, 'toTeam'),
    fromAgency: textIn(data, 'fromAgency'),
    by: [id],
  }));
}

/** To another team, while the person is managed at Priority. */
export function transferResponsibility(
  { levels }: { readonly levels: readonly Held<readonly Level[]>[] },
  command: TransferResponsibility,
  ground: Ground,
): readonly CaseworkEvent[] {
  if (!heldAt(levels, ground.at).some(({ value }) => value.includes('Priority')))
    throw new Conflict('not-priority', 'responsibility passes to a team at Priority alone');
  return [transferred(command, ground)];
}

export function transferred(
  { toTeam, fromAgency }: Pick<DecideManagement, 'toTeam' | 'fromAgency'>,
  ground: Ground,
): CaseworkEvent {
  needAgencies(fromAgency == null ? [] : [fromAgency], ground);
  return fact('hub.responsibility.transferred', ground, {
    fromAgency,
    toTeam: needText('toTeam', toTeam),
    transferredAt: instantOf(ground.at),
  });
}
