import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { holdsWords } from './asked-words.js';
import { type Asked } from './record-answer.js';

/** An operation as it was received and understood. */
export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The document's text, and its SHA-256 (hex). */
  readonly source: string;
  readonly hash: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What of an operation goes into the record of its answer. */
export function askedOf(asked: AskedOperation): Asked {
  const { document, source, hash, operationName, variables } = asked;
  return {
    question: { document: source, operationName, variables },
    hash,
    roots: rootFields(asked),
    hasWords: holdsWords(document) || Object.keys(variables).length > 0,
    isItem: asked.operation.operation === OperationTypeNode.SUBSCRIPTION,
  };
}

/** Names of the root fields that an operation asks for, inside fragments too. */
export function rootFields({
  document,
  operation,
}: Pick<AskedOperation, 'document' | 'operation'>): readonly string[] {
  const named = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const namesIn = ({ selections }: SelectionSetNode): readonly string[] =>
    selections.flatMap((each) => {
      if (each.kind === Kind.FIELD) return [each.name.value];
      const fragment = each.kind === Kind.FRAGMENT_SPREAD ? named.get(each.name.value) : each;
      return fragment === undefined ? [] : namesIn(fragment.selectionSet);
    });
  return [...new Set(namesIn(operation.selectionSet))];
}
