/** What specs import from `@jest/globals`, where no jest is around them. */
export { expect } from 'expect';
export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus';
