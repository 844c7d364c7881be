import { Inject } from '@nestjs/common';
import { Args, Context, Field, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { parseAgreement } from '../../../libs/adapters/agreement-document/agreement-document.js';
import { Invalid } from '../../../libs/contract/failure.js';
import { presentParties } from '../../../libs/domain/agreement/agreement.js';
import { coverage, withoutParties } from '../../../libs/domain/agreement/coverage.js';
import { error, type Finding } from '../../../libs/domain/agreement/finding.js';
import { lint } from '../../../libs/domain/agreement/lint.js';
import { inForce } from '../../../libs/domain/agreement/register.js';
import { dayOf } from '../../../libs/domain/agreement/time.js';
import { isAuditor } from '../../../libs/domain/audit/auditor.js';
import { type Agreements } from '../agreements/agreements.js';
import { AGREEMENTS } from '../agreements/agreements.tokens.js';
import { requireRole } from './asking.js';
import { type QueryContext } from './query-context.js';

const FindingSeverity = { error: 'error', warning: 'warning' } as const;
registerEnumType(FindingSeverity, {
  name: 'FindingSeverity',
  description: 'An agreement with an error may not be proposed; a warning is for somebody to think about.',
});

@ObjectType('Finding', { description: 'What is unlawful in an agreement, or without effect.' })
class FindingModel {
  @Field(() => FindingSeverity) severity!: string;
  @Field(() => String) code!: string;
  @Field(() => String, { description: 'JSON Pointer into the document.' }) pointer!: string;
  @Field(() => String) detail!: string;
  @Field(() => String, { nullable: true, description: 'The requirement that is not met: R33.' })
  requirement!: string | null;
  @Field(() => [String], { description: 'Gateways that would carry a refused flow.' })
  alternatives!: string[];
}

const CoverageExtent = {
  full: 'full',
  partial: 'partial',
  conditional: 'conditional',
  none: 'none',
} as const;
registerEnumType(CoverageExtent, {
  name: 'CoverageExtent',
  description:
    'Full: every field of the class as it is; conditional: nothing but under conditions; partial: in between.',
});

@ObjectType('CoverageRow', {
  description: "How much of a class of fields one agency may see of another's facts.",
})
class CoverageRowModel {
  @Field(() => String) publisher!: string;
  @Field(() => String) recipient!: string;
  @Field(() => String) class!: string;
  @Field(() => CoverageExtent) extent!: string;
  @Field(() => [String]) purposes!: string[];
  @Field(() => [String], { description: '`<reference>/<version>#<clause>`' }) clauses!: string[];
  @Field(() => [String]) gateways!: string[];
}

/** What can be said of agreements before anything flows: for signatories and auditors. */
@Resolver(() => FindingModel)
export class LintResolver {
  constructor(@Inject(AGREEMENTS) private readonly agreements: Agreements) {}

  @Query(() => [FindingModel], {
    description: 'What is wrong with an agreement, written in YAML or JSON, that nobody has proposed yet.',
  })
  lintAgreement(@Context() { asking }: QueryContext, @Args('document') text: string): FindingModel[] {
    requireRole(asking, 'signatory', 'auditor');
    const today = dayOf(asking.now);
    return findingsIn(text, today).map((each) => ({ ...each, alternatives: [...each.alternatives] }));
  }

  @Query(() => [CoverageRowModel], {
    description:
      'Who may see how much of whom: under the agreements in force that bind your agency, for an auditor under all.',
  })
  async agreementCoverage(@Context() { asking }: QueryContext): Promise<CoverageRowModel[]> {
    requireRole(asking, 'signatory', 'auditor');
    const { caller } = asking;
    await this.agreements.elapse();
    const binding = inForce(this.agreements.register(), asking.now).filter(
      (version) => isAuditor(caller) || presentParties(version).includes(caller.agency),
    );
    const documents = binding.map(({ document, withdrawn }) =>
      withoutParties(
        document,
        withdrawn.map(({ party }) => party),
      ),
    );
    return coverage(documents).map((row) => ({
      ...row,
      purposes: [...row.purposes],
      clauses: [...row.clauses],
      gateways: [...row.gateways],
    }));
  }
}

/** A fault of form is a finding too; what is neither YAML nor JSON is refused. */
function findingsIn(text: string, today: string): readonly Finding[] {
  try {
    return lint(parseAgreement(text), { today });
  } catch (fault) {
    if (!(fault instanceof Invalid) || fault.code !== 'agreement') throw fault;
    return fault.errors.map((each) => error({ code: 'form', ...each }));
  }
}
