/** Imports go one way: contract <- domain <- adapters <- apps (docs/ARCHITECTURE.md). */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contract-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^libs/contract/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(libs/(domain|adapters|testing)|apps)/' },
    },
    {
      name: 'domain-imports-only-domain-and-contract',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(libs/(adapters|testing)|apps)/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^libs/(domain|contract)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-knows-no-nest',
      severity: 'error',
      from: { path: '^libs/(domain|contract)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(^|/)node_modules/@nestjs/' },
    },
    {
      name: 'adapters-import-no-apps',
      severity: 'error',
      from: { path: '^libs/adapters/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-apps',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { pathNot: '(\\.spec\\.ts$|^test/|^libs/testing/|\\.contract\\.ts$)' },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'never-into-dist',
      severity: 'error',
      from: { path: '^(apps|libs|test)/' },
      to: { path: '(^|/)dist/', pathNot: 'node_modules' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-empty-names',
      severity: 'error',
      from: { path: '(^|/)(common|shared|utils?|helpers?)(/|\\.ts$)', pathNot: 'node_modules' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
