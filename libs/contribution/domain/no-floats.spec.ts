import { globSync } from 'node:fs';
import ts from 'typescript';

/** Sources in which an amount could be rounded by accident: everything that a figure of this context goes through. */
const SOURCES = globSync(['libs/contribution/**/*.ts', 'libs/contracts/resources/*.ts'], {
  exclude: (path) => /\.spec\.ts$|testing/.test(path),
}).sort();
const NUMBER_FUNCTIONS = /^(?:parseFloat|Number|parseInt)$|^Math\.|\.(?:toFixed|toPrecision|toExponential)$/;
const ROUNDING_OPERATORS = new Set([
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.SlashEqualsToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.AsteriskEqualsToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.PercentToken,
]);

/** What is arithmetic on floats in a source: numbers divided or multiplied, fractions written, texts made numbers. */
function floatsIn(checker: ts.TypeChecker, source: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const isBig = (node: ts.Node) => (checker.getTypeAtLocation(node).flags & ts.TypeFlags.BigIntLike) !== 0;
  const visit = (node: ts.Node): void => {
    if (ts.isNumericLiteral(node) && /[.eE]/.test(node.getText(source)) && !node.getText(source).startsWith('0x')) {
      found.push(node.getText(source));
    }
    if (ts.isBinaryExpression(node) && ROUNDING_OPERATORS.has(node.operatorToken.kind)) {
      if (!isBig(node.left) || !isBig(node.right)) found.push(node.getText(source));
    }
    if (ts.isCallExpression(node) && NUMBER_FUNCTIONS.test(node.expression.getText(source))) {
      found.push(node.getText(source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function checked(files: readonly string[], extra: Readonly<Record<string, string>> = {}): readonly string[] {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    extra[name] === undefined
      ? read(name, ...rest)
      : ts.createSourceFile(name, extra[name], ts.ScriptTarget.ESNext, true);
  const program = ts.createProgram([...files], { ...options, noEmit: true }, host);
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (!source) throw new Error(`no source ${file}`);
    return floatsIn(checker, source).map((text) => `${file}: ${text}`);
  });
}

it('no figure of this context goes through a float', () => {
  expect(SOURCES.length).toBeGreaterThan(40);
  // Shares in basis points are integers of at most 10000, and numbers in JSON.
  expect(checked(SOURCES)).toEqual(['libs/contribution/domain/balance.ts: Number(basisPoint)']);
}, 120_000);

it('and float arithmetic would be found, whatever its form', () => {
  const planted = `
    declare const a: number; declare const b: bigint;
    export const all = [a / 2, a * 3, 0.5, 1e3, Number('1'), Math.round(a), parseFloat('1'), a.toFixed(2), b / 2n, a + 1];
  `;
  const found = checked(['/planted.ts'], { '/planted.ts': planted });
  expect(found.map((text) => text.replace('/planted.ts: ', ''))).toEqual([
    'a / 2',
    'a * 3',
    '0.5',
    '1e3',
    "Number('1')",
    'Math.round(a)',
    "parseFloat('1')",
    'a.toFixed(2)',
  ]);
}, 120_000);
