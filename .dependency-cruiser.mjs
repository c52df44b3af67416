// The directions of the architecture: who may import whom. Specs and test folders may import test tools beside these.
const SPEC = '\\.spec\\.ts$';
const TESTS = [SPEC, '^test/', '/testing(/|\\.ts$)'];
const CONTEXTS = '(alliance|deliberation|contribution)';
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    rule('no-circular', {}, { circular: true }),
    rule('not-resolved', {}, { couldNotResolve: true }),
    rule(
      'kernel-imports-nothing-but-crypto',
      { path: '^libs/kernel/', pathNot: SPEC },
      { pathNot: ['^libs/kernel/', '^(node:)?crypto$'] },
    ),
    rule(
      'contracts-know-the-kernel-alone',
      { path: '^libs/contracts/', pathNot: SPEC },
      { path: '^(apps|libs)/', pathNot: '^libs/(contracts|kernel)/' },
    ),
    rule(
      'domain-is-pure',
      { path: '^libs/([^/]+)/domain/', pathNot: TESTS },
      { pathNot: ['^libs/$1/domain/', '^libs/(kernel|contracts)/'] },
    ),
    rule(
      'contexts-do-not-import-each-other',
      { path: `^libs/${CONTEXTS}/` },
      { path: `^libs/${CONTEXTS}/`, pathNot: '^libs/$1/' },
    ),
    rule(
      'application-knows-no-driver',
      { path: '^libs/[^/]+/application/', pathNot: SPEC },
      { path: 'node_modules', pathNot: 'node_modules/@nestjs/(common|cqrs)/' },
    ),
    rule(
      'verifier-knows-no-framework-and-no-driver',
      { path: '^libs/(transparency|engine|rehearsal)/', pathNot: SPEC },
      { path: ['node_modules', '^libs/(ledger|views)-', '^libs/(http|identity|platform)/', '^(node:)?sqlite$'] },
    ),
    rule(
      'ledger-adapters-know-their-port',
      { path: '^libs/(ledger-[^/]+)/', pathNot: SPEC },
      { path: '^(apps|libs)/', pathNot: '^libs/($1|ledger|mongo|kernel|contracts|platform)/' },
    ),
    rule(
      'view-adapters-know-their-port',
      { path: '^libs/(views-[^/]+)/', pathNot: SPEC },
      { path: '^(apps|libs)/', pathNot: '^libs/($1|views|mongo|kernel|contracts|platform)/' },
    ),
    rule(
      'stream-adapters-know-their-port',
      { path: '^libs/(stream-[^/]+)/', pathNot: TESTS },
      { path: '^(apps|libs)/', pathNot: '^libs/($1|stream|ledger|mongo|kernel|contracts|transparency|platform)/' },
    ),
    rule(
      'identity-adapters-know-their-port',
      { path: '^libs/(identity-[^/]+)/', pathNot: SPEC },
      { path: '^(apps|libs)/', pathNot: '^libs/($1|identity|mongo|kernel|platform)/' },
    ),
    rule('libs-know-no-app', { path: '^libs/' }, { path: '^(apps|test)/' }),
    rule('apps-are-separate', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
    rule(
      'libs-only-through-index',
      { path: '^libs/([^/]+)/' },
      {
        path: '^libs/',
        pathNot: [
          '^libs/$1/',
          '^libs/[^/]+/index\\.ts$',
          '^libs/(deliberation|identity|ledger|ledger-mongo|ledger-sqlite|views|stream|stream-kafka)/testing/index\\.ts$',
        ],
      },
    ),
    rule(
      'apps-and-tests-only-through-index',
      { path: '^(apps|test)/' },
      {
        path: '^libs/',
        pathNot: [
          '^libs/[^/]+/index\\.ts$',
          '^libs/(deliberation|identity|ledger|ledger-mongo|ledger-sqlite|views|stream|stream-kafka)/testing/index\\.ts$',
        ],
      },
    ),
    rule('testing-only-in-tests', { pathNot: TESTS }, { path: TESTS }),
    rule(
      'no-dev-dependency',
      { path: '^(apps|libs)/', pathNot: TESTS },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: ['node_modules', '^deploy/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
    },
  },
};
