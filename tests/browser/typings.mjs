// Checks answers against the types of answers that Rocket.Chat publishes, with TypeScript's compiler.
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

// `Wire` is a type as JSON has it: a time is a text, a text stands for a member of an enumeration. `Given` corrects the vendor's types
// where they are not what its servers answer, and allows what Parley does otherwise in a room: README.md says what and why.
const head = `import type * as V from '@rocket.chat/core-typings';
import type { OperationResult, PathPattern, Method } from '@rocket.chat/rest-typings';
type Freed = 'priorityWeight' | 'estimatedWaitingTimeQueue' | 'livechatData' | 'u' | 'usersCount' | 'waitingResponse';
type Room<T> = Omit<T, Freed | 'metrics'> & Partial<Pick<T, keyof T & Freed>> & { metrics?: { response?: { fd?: string } } };
type OfMessage = Partial<Pick<V.IEditedMessage, 'editedAt' | 'editedBy'>> & { transferData?: unknown };
type Given<T> = T extends { t: 'l'; v: unknown; source: unknown } ? Room<T>
  : T extends { rid: string; msg: string; ts: Date } ? T & OfMessage : T;
type Wire<T> = unknown extends T ? T : T extends Date ? string : T extends string ? \`\${T}\`
  : T extends readonly (infer E)[] ? Wire<E>[] : T extends object ? { [K in keyof Given<T>]: Wire<Given<T>[K]> } : T;
type Body<R> = ([Exclude<R, void>] extends [never] ? {} : Wire<Exclude<R, void>>) & { success: true };
type Page<T> = T & { count: number; offset: number; total: number };
type Shown = Pick<V.ILivechatAgent, '_id' | 'name' | 'username' | 'status' | 'emails'>;
`;

const options = {
  module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10, target: ts.ScriptTarget.ES2022,
  strict: true, noEmit: true, skipLibCheck: true, types: [],
};

/**
 * What the compiler says of each of `answers`, which are `{ method, path, body }` with a path of rest-typings such as
 * '/v1/livechat/visitor/:token': a list of texts for each. A member that the type does not have is a fault, too. `as`: a type instead of
 * that of the call; `V` are the core-typings.
 */
export function faultsOf(answers) {
  const name = fileURLToPath(new URL('answers.ts', import.meta.url));  // need not exist
  const lines = answers.map(({ method, path, body, as }, at) =>
    `export const a${at}: Body<${as ?? `OperationResult<'${method}', '${path}'>`}> = ${JSON.stringify(body)};`);
  const text = `${head}${lines.join('\n')}\n`;
  const first = head.split('\n').length - 1;
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (file, ...more) =>
    file === name ? ts.createSourceFile(file, text, options.target) : getSourceFile.call(host, file, ...more);
  host.fileExists = (file) => file === name || fileExists.call(host, file);
  host.readFile = (file) => file === name ? text : readFile.call(host, file);
  const program = ts.createProgram([name], options, host);
  const faults = answers.map(() => []);
  for (const one of [...program.getOptionsDiagnostics(), ...program.getSyntacticDiagnostics(program.getSourceFile(name)),
    ...program.getSemanticDiagnostics(program.getSourceFile(name))]) {
    const said = ts.flattenDiagnosticMessageText(one.messageText, '\n');
    const at = one.file === undefined ? -1 : one.file.getLineAndCharacterOfPosition(one.start).line - first;
    if (at < 0) throw new Error(said);
    faults[at].push(said);
  }
  return faults;
}
