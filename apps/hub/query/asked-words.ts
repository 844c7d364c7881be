import { type DocumentNode, Kind, visit, BREAK } from 'graphql';
import { LRUCache } from 'lru-cache';

const MOST_DOCUMENTS = 500;

/**
 * Whether a document holds words of its asker (a name, a number, an id) rather than variables. Nothing made from such a
 * document is kept: all agencies share what is kept, and an answer that comes faster would tell that somebody asked the
 * same before (design §8).
 */
export function holdsWords(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.STRING]: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** Parsed documents without words of their askers, by Apollo's key. */
export function documentsWithoutWords() {
  const known = new LRUCache<string, DocumentNode>({ max: MOST_DOCUMENTS });
  return {
    get: (key: string) => Promise.resolve(known.get(key)),
    set(key: string, document: DocumentNode) {
      if (!holdsWords(document)) known.set(key, document);
      return Promise.resolve();
    },
    delete: (key: string) => Promise.resolve(known.delete(key)),
  };
}
