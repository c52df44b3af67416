const rule = (name, from, to) => ({ name, severity: 'error', from, to });
export default {
  forbidden: [
    rule('no-circular', {}, { circular: true }), rule('not-resolved', {}, { couldNotResolve: true }),
    rule('domain-knows-nobody', { path: '^libs/domain/' }, { path: '^(apps|libs/(?!domain/))' }),
    rule('domain-no-io', { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' }, { dependencyTypes: ['core'] }),
    rule('libs-know-no-app', { path: '^libs/' }, { path: '^apps/' }),
    rule('apps-are-separate', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
    rule('only-through-index', { path: '^(apps|libs)/([^/]+)/' }, { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: '^libs/$2/' }),
    rule('no-dev-dependency', { path: '^(apps|libs)/', pathNot: '(spec|e2e-spec)\\.ts$' }, { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] }),
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'require', 'node', 'default'] } },
};
