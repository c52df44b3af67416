// The mutants of one TypeScript file: each is the file with one small change that a test should notice. The kinds are those
// of StrykerJS (https://stryker-mutator.io/docs/mutation-testing-elements/supported-mutators), regular expressions apart.
import ts from 'typescript';

const OPERATORS = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+=': ['-='],
};
const METHODS = { some: 'every', every: 'some', min: 'max', max: 'min', toUpperCase: 'toLowerCase', flatMap: 'map' };
/** Calls that give much the same thing as what they are called on: taken out, the rest is left. */
const REMOVABLE = ['filter', 'sort', 'slice', 'trim', 'reverse', 'replaceAll', 'padEnd'];

/** @returns {{ line: number, from: string, to: string, start: number, end: number }[]} */
export function mutantsOf(fileName, text) {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const replace = (node, to) => {
    const [start, end] = [node.getStart(source), node.getEnd()];
    const { line } = source.getLineAndCharacterOfPosition(start);
    found.push({ line: line + 1, from: text.slice(start, end), to, start, end });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    mutate(node, source, replace);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function mutate(node, source, replace) {
  const textOf = (part) => part.getText(source);
  if (ts.isBinaryExpression(node))
    for (const operator of OPERATORS[textOf(node.operatorToken)] ?? []) replace(node.operatorToken, operator);
  else if (ts.isPrefixUnaryExpression(node)) mutatePrefix(node, textOf, replace);
  else if (ts.isCallExpression(node)) mutateCall(node, textOf, replace);
  else if (ts.isIfStatement(node) || ts.isConditionalExpression(node)) {
    const condition = ts.isIfStatement(node) ? node.expression : node.condition;
    for (const always of ['true', 'false']) replace(condition, always);
  } else if (ts.isWhileStatement(node)) replace(node.expression, 'false');
  else if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) replace(node.body, 'undefined');
  else if (ts.isBlock(node) && node.statements.length > 0 && ts.isFunctionLike(node.parent)) replace(node, '{}');
  else if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) replace(node, '[]');
  else if (ts.isObjectLiteralExpression(node) && node.properties.length > 0) replace(node, '({})');
  else if (ts.isPropertyAccessChain(node) && node.questionDotToken) replace(node.questionDotToken, '.');
  else mutateLiteral(node, replace);
}

function mutatePrefix(node, textOf, replace) {
  if (node.operator === ts.SyntaxKind.ExclamationToken) replace(node, textOf(node.operand));
  if (node.operator === ts.SyntaxKind.MinusToken) replace(node, textOf(node.operand));
}

function mutateCall({ expression: called }, textOf, replace) {
  if (!ts.isPropertyAccessExpression(called)) return;
  const method = textOf(called.name);
  if (METHODS[method]) replace(called.name, METHODS[method]);
  if (REMOVABLE.includes(method)) replace(called.parent, textOf(called.expression));
}

function mutateLiteral(node, replace) {
  if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
  else if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
  else if (ts.isTemplateExpression(node)) replace(node, '``');
  else if (ts.isStringLiteral(node) && !isName(node)) replace(node, node.text === '' ? "'mutant'" : "''");
}

/** A string that names a member or a module is no value. */
function isName({ parent }) {
  const isKey =
    (ts.isPropertyAssignment(parent) || ts.isElementAccessExpression(parent)) && parent.name?.kind !== undefined;
  return (
    (isKey && ts.isStringLiteral(parent.name) && parent.initializer?.kind !== ts.SyntaxKind.StringLiteral) ||
    ts.isLiteralTypeNode(parent)
  );
}
